package dev.blastscope.modelstore;

/**
 * A metric with its 95 % interval.
 *
 * <p>A metric that is undefined, as the AUROC of images of one class, is an absent figure and never a NaN, which JSON
 * cannot write.
 *
 * @param value the metric on the images as they are, in [0, 1]
 * @param low the lower end of the interval, in [0, 1]
 * @param high the upper end of the interval, in [0, 1]
 * @param n how many images it was computed on, such as the malignant ones for the sensitivity
 * @param interval how the interval was made, such as "bootstrap over 41 groups, 2000 resamples"
 */
public record Figure(double value, double low, double high, int n, String interval) {

    /** @throws IllegalArgumentException if a number is outside [0, 1] or NaN, or there is no image */
    public Figure {
        if (!isProportion(value) || !isProportion(low) || !isProportion(high) || low > high) {
            throw new IllegalArgumentException("a figure and its interval lie in [0, 1], low end first; not %s [%s, %s]"
                    .formatted(value, low, high));
        }
        if (n < 1) {
            throw new IllegalArgumentException("a figure rests on at least one image, not on " + n);
        }
    }

    private static boolean isProportion(double number) {
        return number >= 0 && number <= 1;
    }
}
