package dev.blastscope.prediction;

import java.util.Collections;
import java.util.List;

/** The three B-lineage subtypes of acute lymphoblastic leukaemia, in the order of the subtype head's logits. */
public enum Subtype {
    EARLY_PRE_B,
    PRE_B,
    PRO_B;

    /**
     * The most probable subtype; of equals, the first.
     *
     * @param probabilities in the order of the subtypes
     */
    public static Subtype mostProbable(List<Double> probabilities) {
        return values()[probabilities.indexOf(Collections.max(probabilities))];
    }
}
