package dev.blastscope.prediction;

import java.util.List;
import java.util.Optional;

/** The four classes that a labelled smear can have: benign, or malignant of one subtype. */
public enum SmearClass {
    BENIGN,
    EARLY_PRE_B,
    PRE_B,
    PRO_B;

    public Malignancy malignancy() {
        return this == BENIGN ? Malignancy.BENIGN : Malignancy.MALIGNANT;
    }

    /** The subtype; empty for a benign smear. */
    public Optional<Subtype> subtype() {
        return this == BENIGN ? Optional.empty() : Optional.of(Subtype.values()[ordinal() - 1]);
    }

    /**
     * The answer of both heads together: benign if that is the outcome, else the most probable subtype.
     *
     * @param subtypes the probability of each subtype, in the order of {@link Subtype}
     */
    public static SmearClass of(Malignancy outcome, List<Double> subtypes) {
        return outcome == Malignancy.BENIGN ? BENIGN : of(Subtype.mostProbable(subtypes));
    }

    public static SmearClass of(Subtype subtype) {
        return values()[subtype.ordinal() + 1];
    }
}
