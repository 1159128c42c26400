package dev.blastscope.image;

import java.awt.image.BufferedImage;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * An image that the network can take: validated, upright, RGB and squashed to {@value #SIDE} x {@value #SIDE} pixels.
 * Immutable, and keeps nothing of the upload but its SHA-256.
 */
public final class SmearImage {

    /** Width and height in pixels. */
    public static final int SIDE = 224;

    /** How many ways a square can be turned and mirrored; 0 leaves it as it is. */
    public static final int SYMMETRIES = Symmetry.COUNT;

    private static final int PIXELS = SIDE * SIDE;
    private static final int THUMBNAIL_SIDE = 32;

    /** The corner that holds the burned-in scale bar; its style differs by class, so a network would learn it. */
    private static final int BAR_LEFT = 176;

    private static final int BAR_TOP = 192;

    /** The left edge of the corner that {@link #withoutScaleBar} hides, as a share of the width. */
    public static final double HIDDEN_FROM_X = (double) BAR_LEFT / SIDE;

    /** The upper edge of that corner, as a share of the height. */
    public static final double HIDDEN_FROM_Y = (double) BAR_TOP / SIDE;

    private final byte[] rgb;
    private final int sourceWidth;
    private final int sourceHeight;
    private final ImageFormat format;
    private final String sha256;
    /** Found when it is first asked for; whichever thread does finds the same. */
    private @Nullable WhiteReference white;
    /** Likewise. */
    private @Nullable ImageQuality quality;

    private SmearImage(byte[] rgb, int sourceWidth, int sourceHeight, ImageFormat format, String sha256) {
        this.rgb = rgb;
        this.sourceWidth = sourceWidth;
        this.sourceHeight = sourceHeight;
        this.format = format;
        this.sha256 = sha256;
    }

    static SmearImage squashed(PixelRows source, ImageFormat format, byte[] bytes) {
        byte[] rgb = PillowResize.resize(source, SIDE, SIDE);
        return new SmearImage(rgb, source.sourceWidth(), source.sourceHeight(), format, DigestUtils.sha256Hex(bytes));
    }

    /**
     * An image of pixels that were never in a file, squashed to {@value #SIDE} x {@value #SIDE}. It counts as a BMP,
     * the format that is little but its pixels, and the SHA-256 is that of {@code rgb}.
     *
     * @param rgb {@code height x width x 3} samples, row after row, red before green before blue; copied
     * @throws IllegalArgumentException if a side is below 1 or the length is not {@code height * width * 3}
     */
    public static SmearImage ofRgb(byte[] rgb, int width, int height) {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    rgb.length + " samples are not an RGB image of " + width + " x " + height + " pixels");
        }
        return squashed(new PixelRows.InMemory(rgb, width, height, 3), ImageFormat.BMP, rgb);
    }

    /** The same image without the burned-in scale bar: its corner is filled with the mean colour of all pixels. */
    public SmearImage withoutScaleBar() {
        byte[] neutral = rgb.clone();
        byte[] mean = mean();
        for (int y = BAR_TOP; y < SIDE; y++) {
            for (int x = BAR_LEFT; x < SIDE; x++) {
                System.arraycopy(mean, 0, neutral, (y * SIDE + x) * 3, 3);
            }
        }
        return new SmearImage(neutral, sourceWidth, sourceHeight, format, sha256);
    }

    /**
     * The same image turned and mirrored. Hide the scale bar first, or it moves to where nothing hides it.
     *
     * @param symmetry from 0 to {@value #SYMMETRIES} - 1
     */
    public SmearImage turned(int symmetry) {
        byte[] turned = new byte[rgb.length];
        for (int to = 0; to < PIXELS; to++) {
            System.arraycopy(rgb, 3 * Symmetry.source(symmetry, to, SIDE), turned, 3 * to, 3);
        }
        return new SmearImage(turned, sourceWidth, sourceHeight, format, sha256);
    }

    /**
     * Where something lay before {@link #turned}.
     *
     * @param symmetry that of the turn
     * @param cell where it is now in a grid of {@code side x side} over the image, counted row after row
     */
    public static int unturned(int symmetry, int cell, int side) {
        return Symmetry.source(symmetry, cell, side);
    }

    /** The mean over the whole image, corner included, cut to integers like NumPy's {@code astype(uint8)}. */
    private byte[] mean() {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int i = 0; i < rgb.length; i += 3) {
            red += rgb[i] & 0xFF;
            green += rgb[i + 1] & 0xFF;
            blue += rgb[i + 2] & 0xFF;
        }
        return new byte[] {(byte) (red / PIXELS), (byte) (green / PIXELS), (byte) (blue / PIXELS)};
    }

    /**
     * The image in 32 x 32 greys, by which near-duplicates are found: ITU-R 601 luma, then the same bilinear resize, as
     * Pillow's {@code convert("L").resize((32, 32), BILINEAR)}.
     *
     * @return 1024 greys in 0..255, row after row
     */
    public float[] greyThumbnail() {
        int[] levels = Luma.of(rgb);
        byte[] luma = new byte[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            luma[i] = (byte) levels[i];
        }
        byte[] small = PillowResize.resize(new PixelRows.InMemory(luma, SIDE, SIDE, 1), THUMBNAIL_SIDE, THUMBNAIL_SIDE);
        float[] greys = new float[small.length];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = small[i] & 0xFF;
        }
        return greys;
    }

    /** The pixels as {@code (224, 224, 3)} samples, row after row, red before green before blue; a copy. */
    public byte[] rgb() {
        return rgb.clone();
    }

    /** The gains that bring this image's background to the white of the training's smears. */
    public WhiteReference whiteReference() {
        WhiteReference found = white;
        if (found == null) {
            found = WhiteReference.of(rgb, SIDE, BAR_LEFT, BAR_TOP);
            white = found;
        }
        return found;
    }

    /** How the field was photographed. */
    public ImageQuality quality() {
        ImageQuality found = quality;
        if (found == null) {
            found = ImageQuality.of(rgb, whiteReference(), SIDE, BAR_LEFT, BAR_TOP);
            quality = found;
        }
        return found;
    }

    /**
     * Writes what the network is shown of a channel, pixel after pixel: its samples in the light of the training's
     * smears, see {@link #whiteReference()}, and the corner of the scale bar filled with the mean of all of these, cut
     * to an integer like NumPy's {@code astype(uint8)}.
     *
     * @param channel 0 for red, 1 for green, 2 for blue
     * @param byLevel the number that is written for each level of 0 to 255
     * @param target gets {@value #SIDE} x {@value #SIDE} numbers, at {@code first}, {@code first + step} and so on
     */
    public void show(int channel, float[] byLevel, float[] target, int first, int step) {
        int[] light = whiteReference().levels(channel);
        float[] bySample = new float[light.length];
        for (int level = 0; level < light.length; level++) {
            bySample[level] = byLevel[light[level]];
        }
        int sum = 0;
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            int level = rgb[3 * pixel + channel] & 0xFF;
            sum += light[level];
            target[first + step * pixel] = bySample[level];
        }
        float mean = byLevel[sum / PIXELS];
        for (int y = BAR_TOP; y < SIDE; y++) {
            for (int x = BAR_LEFT; x < SIDE; x++) {
                target[first + step * (y * SIDE + x)] = mean;
            }
        }
    }

    /** The pixels as a picture that Java can draw, encode and scale; a copy. */
    public BufferedImage picture() {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < PIXELS; i++) {
            int red = rgb[3 * i] & 0xFF;
            int green = rgb[3 * i + 1] & 0xFF;
            int blue = rgb[3 * i + 2] & 0xFF;
            picture.setRGB(i % SIDE, i / SIDE, (red << 16) | (green << 8) | blue);
        }
        return picture;
    }

    /** The source's width in pixels, once upright. */
    public int sourceWidth() {
        return sourceWidth;
    }

    /** The source's height in pixels, once upright. */
    public int sourceHeight() {
        return sourceHeight;
    }

    public ImageFormat format() {
        return format;
    }

    /** The SHA-256 of the source's bytes, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return sha256;
    }
}
