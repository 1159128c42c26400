package dev.blastscope.prediction;

/** The classes of the malignancy head, in the order of its logits. */
public enum Malignancy {
    BENIGN,
    MALIGNANT
}
