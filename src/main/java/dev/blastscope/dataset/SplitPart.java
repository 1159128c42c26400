package dev.blastscope.dataset;

/** The three parts of a split, each with the fraction of a class that it should get. */
public enum SplitPart {
    TRAIN(0.70),
    VALIDATION(0.15),
    TEST(0.15);

    private final double fraction;

    SplitPart(double fraction) {
        this.fraction = fraction;
    }

    /** The fraction in (0, 1); the three sum to 1. */
    public double fraction() {
        return fraction;
    }
}
