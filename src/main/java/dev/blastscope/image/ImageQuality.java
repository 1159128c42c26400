package dev.blastscope.image;

/**
 * How a field was photographed, and what is on it, in numbers of two decimals or, if they are shares, four. None of
 * them judges: they say which kind of photographs a figure is about.
 *
 * @param sharpness the standard deviation of the Laplacian of luma, in levels of 0 to 255, the focus measure of
 *     Pech-Pacheco et al. 2000; low out of focus, high under noise too
 * @param brightness the luma that 95 % of the pixels do not exceed, in [0, 255]: the lamp on the empty background,
 *     before {@link WhiteReference}
 * @param stain how far the strongest and the weakest channel of a pixel lie apart, in levels, on average: much and
 *     strongly stained substance makes it high
 * @param contrast the standard deviation of luma, in levels; 0 in a blank field
 * @param clipped the share of the pixels all of whose channels are {@value #WHITE} or more, in [0, 1]
 * @param nuclei the share of the pixels that are violet as stained chromatin is, green being {@value #VIOLET} levels or
 *     more below red and blue in training light, in [0, 1]
 */
public record ImageQuality(
        double sharpness, double brightness, double stain, double contrast, double clipped, double nuclei) {

    private static final int LEVELS = 256;
    private static final double BACKGROUND = 0.95;
    private static final int WHITE = 254;
    private static final int VIOLET = 15;

    public ImageQuality {
        sharpness = rounded(sharpness, 100);
        brightness = rounded(brightness, 100);
        stain = rounded(stain, 100);
        contrast = rounded(contrast, 100);
        clipped = rounded(clipped, 10_000);
        nuclei = rounded(nuclei, 10_000);
    }

    /**
     * Of an image of {@code side} x {@code side} x 3 samples without its bottom right corner, nor a border of one
     * pixel.
     */
    static ImageQuality of(byte[] rgb, WhiteReference white, int side, int cornerLeft, int cornerTop) {
        int[] luma = Luma.of(rgb);
        int[] levels = new int[LEVELS];
        float[] reds = scaled(white.red());
        float[] greens = scaled(white.green());
        float[] blues = scaled(white.blue());
        long sum = 0;
        long squares = 0;
        long chroma = 0;
        int clipped = 0;
        int nuclei = 0;
        int pixels = 0;
        for (int y = 1; y < side - 1; y++) {
            int end = y < cornerTop - 1 ? side - 1 : cornerLeft - 1;
            for (int x = 1; x < end; x++) {
                int at = y * side + x;
                int laplacian = luma[at - side] + luma[at + side] + luma[at - 1] + luma[at + 1] - 4 * luma[at];
                sum += laplacian;
                squares += (long) laplacian * laplacian;
                levels[luma[at]]++;
                int red = rgb[3 * at] & 0xFF;
                int green = rgb[3 * at + 1] & 0xFF;
                int blue = rgb[3 * at + 2] & 0xFF;
                int lowest = Math.min(red, Math.min(green, blue));
                chroma += Math.max(red, Math.max(green, blue)) - lowest;
                clipped += lowest >= WHITE ? 1 : 0;
                nuclei += reds[red] - greens[green] >= VIOLET && blues[blue] - greens[green] >= VIOLET ? 1 : 0;
                pixels++;
            }
        }
        return new ImageQuality(
                deviation((double) sum, (double) squares, pixels),
                quantile(levels, BACKGROUND * pixels),
                (double) chroma / pixels,
                deviation(levels, pixels),
                (double) clipped / pixels,
                (double) nuclei / pixels);
    }

    /** Each level times a gain. */
    private static float[] scaled(double gain) {
        float[] scaled = new float[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            scaled[level] = (float) (gain * level);
        }
        return scaled;
    }

    private static double deviation(int[] levels, int count) {
        double sum = 0;
        double squares = 0;
        for (int level = 0; level < LEVELS; level++) {
            sum += (double) level * levels[level];
            squares += (double) level * level * levels[level];
        }
        return deviation(sum, squares, count);
    }

    private static double deviation(double sum, double squares, int count) {
        double mean = sum / count;
        // Rounding may make a variance of zero negative.
        return Math.sqrt(Math.max(0, squares / count - mean * mean));
    }

    private static double rounded(double value, int parts) {
        return Math.rint(parts * value) / parts;
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
