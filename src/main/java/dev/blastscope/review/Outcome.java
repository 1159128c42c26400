package dev.blastscope.review;

import dev.blastscope.prediction.Malignancy;

/** What the service answers: benign or malignant, or that a person must look at the image. */
public enum Outcome {
    BENIGN,
    MALIGNANT,
    REVIEW;

    static Outcome of(Malignancy winner) {
        return winner == Malignancy.BENIGN ? BENIGN : MALIGNANT;
    }
}
