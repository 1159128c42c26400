package dev.blastscope.image;

import dev.blastscope.image.ImageRejected.Reason;
import java.util.Locale;

/**
 * How large an upload may be; everything here is known before a pixel is decoded.
 *
 * @param maxBytes maximum number of bytes of the encoded file
 * @param maxPixels maximum number of pixels, width times height
 * @param maxSide maximum length of a side in pixels
 * @param minSide minimum length of a side in pixels
 */
public record ImageLimits(long maxBytes, long maxPixels, int maxSide, int minSide) {

    /** 16 MiB, 40 million pixels, sides from 32 to 16384 pixels. */
    public static final ImageLimits DEFAULT = new ImageLimits(16L << 20, 40_000_000, 16_384, 32);

    /** The maximum length of a side and number of pixels for which a decoded image fits into an array. */
    private static final int CEILING = 400_000_000;

    /**
     * @throws IllegalArgumentException if a limit is below 1, if {@code minSide} is above {@code maxSide}, or if
     *     {@code maxPixels} or {@code maxSide} is above 400 million
     */
    public ImageLimits {
        if (maxBytes < 1 || maxPixels < 1 || maxSide < 1 || minSide < 1) {
            throw new IllegalArgumentException("every image limit must be at least 1, but they are: max-bytes "
                    + maxBytes + ", max-pixels " + maxPixels + ", max-side " + maxSide + ", min-side " + minSide);
        }
        if (minSide > maxSide) {
            throw new IllegalArgumentException("min-side " + minSide + " must not be above max-side " + maxSide);
        }
        if (maxPixels > CEILING || maxSide > CEILING) {
            throw new IllegalArgumentException(
                    "max-pixels " + maxPixels + " and max-side " + maxSide + " must not be above " + CEILING);
        }
    }

    ImageLimits withMinSide(int side) {
        return new ImageLimits(maxBytes, maxPixels, maxSide, side);
    }

    /**
     * Checks the length of an encoded file, which may be known before the file is read.
     *
     * @throws ImageRejected if it is empty or too long
     */
    public void checkBytes(long bytes) throws ImageRejected {
        if (bytes == 0) {
            throw new ImageRejected(Reason.EMPTY, "The file is empty. Send the bytes of an image.");
        }
        if (bytes > maxBytes) {
            throw rejected(
                    Reason.TOO_MANY_BYTES,
                    "The file has %,d bytes; at most %,d are accepted. Send a smaller or more compressed image.",
                    bytes,
                    maxBytes);
        }
    }

    void checkSides(int width, int height) throws ImageRejected {
        if (Math.max(width, height) > maxSide) {
            throw rejected(
                    Reason.SIDE_TOO_LONG,
                    "The image is %d x %d pixels; a side of at most %d is accepted. Send a smaller image.",
                    width,
                    height,
                    maxSide);
        }
        if (Math.min(width, height) < minSide) {
            throw rejected(
                    Reason.TOO_SMALL,
                    "The image is %d x %d pixels; sides of at least %d are needed. Send the whole field of view.",
                    width,
                    height,
                    minSide);
        }
        if ((long) width * height > maxPixels) {
            throw rejected(
                    Reason.TOO_MANY_PIXELS,
                    "The image is %d x %d = %,d pixels; at most %,d are accepted. Send a smaller image.",
                    width,
                    height,
                    (long) width * height,
                    maxPixels);
        }
    }

    private static ImageRejected rejected(Reason reason, String rule, Object... measured) {
        return new ImageRejected(reason, String.format(Locale.ROOT, rule, measured));
    }
}
