package dev.blastscope.image;

import dev.blastscope.image.ImageRejected.Reason;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Turns the bytes of an upload into a validated image, or rejects them. Immutable and thread-safe. */
public final class ImageDecoder {

    private final ImageLimits limits;

    public ImageDecoder(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * The image in these bytes, which need no name and no type; the scale bar, if any, is still there.
     *
     * @param bytes a whole JPEG, PNG, BMP, TIFF (first page) or GIF (first frame) file; not kept
     * @throws ImageRejected if there is no such image within the limits, for one of the {@link Reason}s
     */
    public SmearImage decode(byte[] bytes) throws ImageRejected {
        return read(bytes, (pixels, format) -> SmearImage.squashed(pixels, format, bytes));
    }

    /**
     * The image in these bytes for people to look at: upright and at its own size or, if a side is longer than that,
     * shrunk.
     *
     * @param longestSide in pixels, at most
     * @throws ImageRejected as {@link #decode} does
     */
    public BufferedImage picture(byte[] bytes, int longestSide) throws ImageRejected {
        return read(bytes, (pixels, format) -> picture(pixels, longestSide));
    }

    private static BufferedImage picture(PixelRows pixels, int longestSide) {
        int longer = Math.max(pixels.sourceWidth(), pixels.sourceHeight());
        int width = shrunk(pixels.sourceWidth(), longer, longestSide);
        int height = shrunk(pixels.sourceHeight(), longer, longestSide);
        byte[] rgb = PillowResize.resize(pixels, width, height);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += 3) {
                picture.setRGB(x, y, Colours.pack(rgb[at] & 0xFF, rgb[at + 1] & 0xFF, rgb[at + 2] & 0xFF));
            }
        }
        return picture;
    }

    private static int shrunk(int side, int longer, int longestSide) {
        return longer <= longestSide ? side : Math.max(1, (int) ((long) side * longestSide / longer));
    }

    private <T> T read(byte[] bytes, Use<T> use) throws ImageRejected {
        limits.checkBytes(bytes.length);
        ImageFormat format = ImageFormat.of(bytes).orElseThrow(ImageDecoder::notAnImage);
        try {
            return use.of(pixels(bytes, format), format);
        } catch (EOFException | BufferUnderflowException e) {
            throw ImageRejected.truncated(format);
        } catch (IOException | RuntimeException e) {
            // Codecs meet hostile bytes with whatever exception their arithmetic leads to.
            throw ImageRejected.damaged(format);
        }
    }

    private PixelRows pixels(byte[] bytes, ImageFormat format) throws IOException, ImageRejected {
        return switch (format) {
            case JPEG -> JpegFile.read(bytes, limits);
            case PNG -> PngFile.read(bytes, limits);
            case BMP -> BmpFile.read(bytes, limits);
            case TIFF -> TiffFile.read(bytes, limits);
            case GIF -> GifFile.read(bytes, limits);
        };
    }

    /** What is made of an image's pixels, which are decoded meanwhile. */
    private interface Use<T> {

        T of(PixelRows pixels, ImageFormat format);
    }

    private static ImageRejected notAnImage() {
        String accepted = Arrays.stream(ImageFormat.values()).map(Enum::name).collect(Collectors.joining(", "));
        return new ImageRejected(Reason.NOT_AN_IMAGE, "Unrecognised image format. Send one of: " + accepted + ".");
    }
}
