package dev.blastscope.prediction;

/** The two answers of the malignancy head, in the order of its logits. */
public enum Malignancy {
    BENIGN,
    MALIGNANT
}
