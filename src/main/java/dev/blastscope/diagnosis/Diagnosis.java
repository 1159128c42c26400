package dev.blastscope.diagnosis;

import java.util.Optional;

/**
 * What the service says of one smear.
 *
 * @param malignancy benign or malignant
 * @param subtype how the subtypes share the probability, given that the smear is malignant; present exactly when malignant
 *     wins
 */
public record Diagnosis(Probabilities<Malignancy> malignancy, Optional<Probabilities<Subtype>> subtype) {

    /**
     * A diagnosis from both heads' probabilities; the subtypes are kept only when malignant wins.
     *
     * @param subtypes conditional on malignant
     */
    public static Diagnosis of(Probabilities<Malignancy> malignancy, Probabilities<Subtype> subtypes) {
        return new Diagnosis(
                malignancy, malignancy.winner() == Malignancy.MALIGNANT ? Optional.of(subtypes) : Optional.empty());
    }

    public Diagnosis {
        if (subtype.isPresent() != (malignancy.winner() == Malignancy.MALIGNANT)) {
            throw new IllegalArgumentException("The subtypes are given exactly when malignant wins");
        }
    }

    public Malignancy outcome() {
        return malignancy.winner();
    }
}
