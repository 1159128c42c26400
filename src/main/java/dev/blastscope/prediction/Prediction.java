package dev.blastscope.prediction;

import java.util.Optional;

/**
 * The prediction for one smear.
 *
 * @param malignancy benign or malignant
 * @param threshold the probability of malignant from which on the outcome is malignant, in (0, 1)
 * @param prevalence the share of malignant smears that the probabilities assume, in (0, 1)
 * @param subtype the probability of each subtype, given that the smear is malignant; present only if that is the
 *     outcome
 */
public record Prediction(
        Probabilities<Malignancy> malignancy,
        double threshold,
        double prevalence,
        Optional<Probabilities<Subtype>> subtype) {

    /**
     * A prediction from the probabilities of both heads; those of the subtypes are kept only if the outcome is
     * malignant.
     *
     * @param subtypes conditional on malignant
     */
    public static Prediction of(
            Probabilities<Malignancy> malignancy,
            double threshold,
            double prevalence,
            Probabilities<Subtype> subtypes) {
        return new Prediction(
                malignancy,
                threshold,
                prevalence,
                outcome(malignancy, threshold) == Malignancy.MALIGNANT ? Optional.of(subtypes) : Optional.empty());
    }

    public Prediction {
        if (subtype.isPresent() != (outcome(malignancy, threshold) == Malignancy.MALIGNANT)) {
            throw new IllegalArgumentException("The subtypes are given exactly if the outcome is malignant");
        }
    }

    public Malignancy outcome() {
        return outcome(malignancy, threshold);
    }

    /** The probability of malignant where malignant smears are as frequent as this, in (0, 1). */
    public double malignantAt(double otherPrevalence) {
        double malignant = malignancy.of(Malignancy.MALIGNANT) * otherPrevalence / prevalence;
        double benign = malignancy.of(Malignancy.BENIGN) * (1 - otherPrevalence) / (1 - prevalence);
        return malignant / (malignant + benign);
    }

    private static Malignancy outcome(Probabilities<Malignancy> malignancy, double threshold) {
        return malignancy.of(Malignancy.MALIGNANT) >= threshold ? Malignancy.MALIGNANT : Malignancy.BENIGN;
    }
}
