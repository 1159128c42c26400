package dev.blastscope.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * Decoded samples as upright RGB rows: depth brought to 8 bits, a palette looked up, alpha composited on white.
 *
 * <p>The samples are read from the raster and not through a {@code ColorModel}, whose conversions (gamma for grey, the
 * profile of a camera) would alter them. Not thread-safe.
 */
final class RasterRows implements PixelRows {

    private final Raster raster;
    private final Orientation orientation;
    private final PixelColour colour;
    private final int[] depths;
    private final int sourceWidth;
    private final int sourceHeight;
    private final int[] samples;

    private RasterRows(
            Raster raster,
            Orientation orientation,
            PixelColour colour,
            int[] depths,
            int storedWidth,
            int storedHeight) {
        this.raster = raster;
        this.orientation = orientation;
        this.colour = colour;
        this.depths = depths;
        sourceWidth = orientation.keepsSides() ? storedWidth : storedHeight;
        sourceHeight = orientation.keepsSides() ? storedHeight : storedWidth;
        samples = new int[orientation.width(raster) * raster.getNumBands()];
    }

    /**
     * The samples of an image of which some rows and columns may have been left out.
     *
     * @param width of the image as it is stored in the file
     * @param height of the image as it is stored in the file
     */
    static RasterRows of(Raster raster, Colours colours, Orientation orientation, int width, int height) {
        return new RasterRows(
                raster, orientation, colours, raster.getSampleModel().getSampleSize(), width, height);
    }

    static RasterRows of(BufferedImage image, ImageFormat format, Orientation orientation) throws ImageRejected {
        Raster raster = image.getRaster();
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel palette) {
            return new RasterRows(
                    raster, orientation, lookUp(palette), new int[0], image.getWidth(), image.getHeight());
        }
        Colours colours =
                switch (model.getColorSpace().getType()) {
                    case ColorSpace.TYPE_GRAY -> Colours.GREY;
                    case ColorSpace.TYPE_RGB -> Colours.RGB;
                    case ColorSpace.TYPE_CMYK -> Colours.CMYK;
                    default -> throw ImageRejected.unsupportedPixels(format, "neither grey nor RGB nor CMYK");
                };
        PixelColour colour = model.hasAlpha() ? onWhite(colours, model.isAlphaPremultiplied()) : colours;
        return new RasterRows(
                raster,
                orientation,
                colour,
                raster.getSampleModel().getSampleSize(),
                image.getWidth(),
                image.getHeight());
    }

    @Override
    public int width() {
        return orientation.width(raster);
    }

    @Override
    public int height() {
        return orientation.height(raster);
    }

    @Override
    public int sourceWidth() {
        return sourceWidth;
    }

    @Override
    public int sourceHeight() {
        return sourceHeight;
    }

    @Override
    public int bands() {
        return 3;
    }

    @Override
    public void read(int y, byte[] row) {
        orientation.row(raster, y, samples);
        for (int band = 0; band < depths.length; band++) {
            if (depths[band] != 8) {
                bringToEightBits(band);
            }
        }
        int bands = raster.getNumBands();
        for (int from = 0, to = 0; from < samples.length; from += bands, to += 3) {
            int rgb = colour.rgb(samples, from);
            row[to] = (byte) (rgb >> 16);
            row[to + 1] = (byte) (rgb >> 8);
            row[to + 2] = (byte) rgb;
        }
    }

    /** Keeps the high byte of a deep sample, as Pillow does, and spreads a shallow one over the whole range. */
    private void bringToEightBits(int band) {
        int depth = depths[band];
        for (int i = band; i < samples.length; i += depths.length) {
            samples[i] = depth > 8 ? samples[i] >> (depth - 8) : samples[i] * 255 / ((1 << depth) - 1);
        }
    }

    private static PixelColour lookUp(IndexColorModel palette) {
        int[] argb = new int[palette.getMapSize()];
        palette.getRGBs(argb);
        int[] rgb = Arrays.stream(argb).map(RasterRows::onWhite).toArray();
        return (samples, i) -> rgb[samples[i]];
    }

    private static int onWhite(int argb) {
        return onWhite(argb, argb >>> 24, false);
    }

    private static PixelColour onWhite(Colours colours, boolean premultiplied) {
        return (samples, i) -> onWhite(colours.rgb(samples, i), samples[i + colours.bands()], premultiplied);
    }

    private static int onWhite(int rgb, int alpha, boolean premultiplied) {
        int white = 255 * (255 - alpha);
        int weight = premultiplied ? 255 : alpha;
        return Colours.pack(
                over(white, weight * (rgb >> 16 & 0xFF)),
                over(white, weight * (rgb >> 8 & 0xFF)),
                over(white, weight * (rgb & 0xFF)));
    }

    private static int over(int white, int light) {
        return Colours.clip(Colours.divideBy255(white + light));
    }

    /** How the samples of one pixel become its colour. */
    interface PixelColour {

        /** The pixel whose samples begin at {@code i}, as 0xRRGGBB. */
        int rgb(int[] samples, int i);
    }
}
