package dev.blastscope.prediction;

import java.util.Optional;

/**
 * The prediction for one smear.
 *
 * @param malignancy benign or malignant
 * @param subtype the probability of each subtype, given that the smear is malignant; present only if malignant is more
 *     probable
 */
public record Prediction(Probabilities<Malignancy> malignancy, Optional<Probabilities<Subtype>> subtype) {

    /**
     * A prediction from the probabilities of both heads; those of the subtypes are kept only if malignant is more
     * probable.
     *
     * @param subtypes conditional on malignant
     */
    public static Prediction of(Probabilities<Malignancy> malignancy, Probabilities<Subtype> subtypes) {
        return new Prediction(
                malignancy, malignancy.winner() == Malignancy.MALIGNANT ? Optional.of(subtypes) : Optional.empty());
    }

    public Prediction {
        if (subtype.isPresent() != (malignancy.winner() == Malignancy.MALIGNANT)) {
            throw new IllegalArgumentException("The subtypes are given exactly if malignant is more probable");
        }
    }

    public Malignancy outcome() {
        return malignancy.winner();
    }
}
