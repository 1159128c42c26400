package dev.blastscope.prediction;

/** The logarithm of the odds of a probability, and back. */
public final class LogOdds {

    private LogOdds() {}

    /** Of a probability in (0, 1). */
    public static double of(double probability) {
        return Math.log(probability / (1 - probability));
    }

    /** The probability in [0, 1], the logistic function. */
    public static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }
}
