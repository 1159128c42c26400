package dev.blastscope.image;

/**
 * How a field was photographed, in three numbers of two decimals. None of them judges: they say which kind of
 * photographs a figure is about.
 *
 * @param sharpness the standard deviation of the Laplacian of luma, in levels of 0 to 255, the focus measure of
 *     Pech-Pacheco et al. 2000; low out of focus, high under noise too
 * @param brightness the luma that 95 % of the pixels do not exceed, in [0, 255]: the lamp on the empty background,
 *     before {@link WhiteReference}
 * @param stain how far the strongest and the weakest channel of a pixel lie apart, in levels, on average: much and
 *     strongly stained substance makes it high
 */
public record ImageQuality(double sharpness, double brightness, double stain) {

    private static final int LEVELS = 256;
    private static final double BACKGROUND = 0.95;

    public ImageQuality {
        sharpness = rounded(sharpness);
        brightness = rounded(brightness);
        stain = rounded(stain);
    }

    /**
     * Of an image of {@code side} x {@code side} x 3 samples without its bottom right corner, nor a border of one
     * pixel.
     */
    static ImageQuality of(byte[] rgb, int side, int cornerLeft, int cornerTop) {
        int[] luma = Luma.of(rgb);
        int[] levels = new int[LEVELS];
        long sum = 0;
        long squares = 0;
        long chroma = 0;
        int pixels = 0;
        for (int y = 1; y < side - 1; y++) {
            int end = y < cornerTop - 1 ? side - 1 : cornerLeft - 1;
            for (int x = 1; x < end; x++) {
                int at = y * side + x;
                int laplacian = luma[at - side] + luma[at + side] + luma[at - 1] + luma[at + 1] - 4 * luma[at];
                sum += laplacian;
                squares += (long) laplacian * laplacian;
                levels[luma[at]]++;
                chroma += chroma(rgb, 3 * at);
                pixels++;
            }
        }
        double mean = (double) sum / pixels;
        return new ImageQuality(
                // Rounding may make a variance of zero negative.
                Math.sqrt(Math.max(0, (double) squares / pixels - mean * mean)),
                quantile(levels, BACKGROUND * pixels),
                (double) chroma / pixels);
    }

    private static double rounded(double value) {
        return Math.rint(100 * value) / 100;
    }

    private static int chroma(byte[] rgb, int at) {
        int red = rgb[at] & 0xFF;
        int green = rgb[at + 1] & 0xFF;
        int blue = rgb[at + 2] & 0xFF;
        return Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue));
    }

    private static int quantile(int[] levels, double pixels) {
        int level = 0;
        int below = levels[0];
        while (below < pixels) {
            level++;
            below += levels[level];
        }
        return level;
    }
}
