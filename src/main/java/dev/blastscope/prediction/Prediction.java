package dev.blastscope.prediction;

import java.util.Optional;

/**
 * What the service says of one smear.
 *
 * @param malignancy benign or malignant
 * @param subtype how the subtypes share the probability, given that the smear is malignant; present exactly when malignant
 *     wins
 */
public record Prediction(Probabilities<Malignancy> malignancy, Optional<Probabilities<Subtype>> subtype) {

    /**
     * A diagnosis from both heads' probabilities; the subtypes are kept only when malignant wins.
     *
     * @param subtypes conditional on malignant
     */
    public static Prediction of(Probabilities<Malignancy> malignancy, Probabilities<Subtype> subtypes) {
        return new Prediction(
                malignancy, malignancy.winner() == Malignancy.MALIGNANT ? Optional.of(subtypes) : Optional.empty());
    }

    public Prediction {
        if (subtype.isPresent() != (malignancy.winner() == Malignancy.MALIGNANT)) {
            throw new IllegalArgumentException("The subtypes are given exactly when malignant wins");
        }
    }

    public Malignancy outcome() {
        return malignancy.winner();
    }
}
