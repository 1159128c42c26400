package dev.blastscope.training;

/**
 * A metric of two models on the same images, with the 95 % interval of what lies between them.
 *
 * @param candidate the metric of the one model, in [0, 1]
 * @param active the metric of the other, in [0, 1]
 * @param value candidate minus active, in [-1, 1]
 * @param low the lower end of its interval, in [-1, 1]
 * @param high the upper end of its interval, in [-1, 1]
 * @param n how many images the metric rests on
 * @param groups how many groups of similar images these are, the unit that counts as independent
 * @param interval how the interval was made
 */
public record PairedDifference(
        double candidate, double active, double value, double low, double high, int n, int groups, String interval) {}
