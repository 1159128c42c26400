package dev.blastscope.image;

/**
 * The gains that bring the empty background of a field to the white of the training's smears, so that a dimmer or a
 * yellower lamp does not look like a stain.
 *
 * <p>The background is taken to be the brightest {@value #PERCENT} % of the pixels outside the corner of the scale bar;
 * the median of each channel there is brought to its white, as a white patch is in white-patch colour constancy (Cardei
 * and Funt 1999). The background of a smear that fills the whole field cannot be seen: the brightest pixels are then
 * cells, which are coloured. So a gain never leaves [{@value #LOWEST}, {@value #HIGHEST}]. What a channel has lost by
 * clipping does not come back.
 *
 * @param red the factor of the red channel
 * @param green of the green channel
 * @param blue of the blue channel
 */
public record WhiteReference(double red, double green, double blue) {

    static final double LOWEST = 0.5;
    static final double HIGHEST = 2;

    private static final int PERCENT = 15;
    private static final int LEVELS = 256;
    private static final int CHANNELS = 3;

    /** Median background of the smears that the embedded model learned from. */
    private static final int[] WHITE = {250, 255, 252};

    /** The gains of an image of {@code side} x {@code side} x 3 samples without its bottom right corner. */
    static WhiteReference of(byte[] rgb, int side, int cornerLeft, int cornerTop) {
        Background background = new Background(rgb, side, cornerLeft, cornerTop);
        int[] medians = background.medians();
        return new WhiteReference(gain(0, medians), gain(1, medians), gain(2, medians));
    }

    /** For each level of a channel, counted red, green, blue, that level times its gain, rounded and clipped. */
    int[] levels(int channel) {
        double gain = channel == 0 ? red : channel == 1 ? green : blue;
        int[] levels = new int[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            levels[level] = (int) Math.min(LEVELS - 1, Math.round(gain * level));
        }
        return levels;
    }

    private static double gain(int channel, int[] medians) {
        double gain = (double) WHITE[channel] / Math.max(1, medians[channel]);
        return Math.max(LOWEST, Math.min(HIGHEST, gain));
    }

    /** The brightest pixels of an image. */
    private static final class Background {

        private final byte[] rgb;
        private final int side;
        private final int cornerLeft;
        private final int cornerTop;

        Background(byte[] rgb, int side, int cornerLeft, int cornerTop) {
            this.rgb = rgb;
            this.side = side;
            this.cornerLeft = cornerLeft;
            this.cornerTop = cornerTop;
        }

        /** The median of each channel; the lower one of two. */
        int[] medians() {
            int darkest = darkest();
            int[][] levels = new int[CHANNELS][LEVELS];
            int pixels = 0;
            for (int y = 0; y < side; y++) {
                for (int at = CHANNELS * y * side; at < end(y); at += CHANNELS) {
                    if (brightness(at) >= darkest) {
                        for (int channel = 0; channel < CHANNELS; channel++) {
                            levels[channel][rgb[at + channel] & 0xFF]++;
                        }
                        pixels++;
                    }
                }
            }
            int[] medians = new int[CHANNELS];
            for (int channel = 0; channel < CHANNELS; channel++) {
                int below = 0;
                while (2 * (below + levels[channel][medians[channel]]) < pixels) {
                    below += levels[channel][medians[channel]];
                    medians[channel]++;
                }
            }
            return medians;
        }

        /** The highest brightness that at least {@value #PERCENT} % of the pixels reach. */
        private int darkest() {
            int[] pixels = new int[CHANNELS * LEVELS];
            int all = 0;
            for (int y = 0; y < side; y++) {
                for (int at = CHANNELS * y * side; at < end(y); at += CHANNELS) {
                    pixels[brightness(at)]++;
                    all++;
                }
            }
            int brightness = pixels.length;
            int reached = 0;
            while (100 * reached < PERCENT * all) {
                brightness--;
                reached += pixels[brightness];
            }
            return brightness;
        }

        private int brightness(int at) {
            return (rgb[at] & 0xFF) + (rgb[at + 1] & 0xFF) + (rgb[at + 2] & 0xFF);
        }

        /** Where a row ends, or the corner begins in it. */
        private int end(int y) {
            return CHANNELS * (y * side + (y < cornerTop ? side : cornerLeft));
        }
    }
}
