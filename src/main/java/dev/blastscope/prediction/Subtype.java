package dev.blastscope.prediction;

/** The three B-lineage subtypes of acute lymphoblastic leukaemia, in the order of the subtype head's logits. */
public enum Subtype {
    EARLY_PRE_B,
    PRE_B,
    PRO_B
}
