package dev.blastscope.prediction;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What both heads say of one smear.
 *
 * @param malignancy benign or malignant
 * @param threshold the probability of malignant from which on malignant wins, in (0, 1)
 * @param prevalence the share of malignant smears that the probabilities assume, in (0, 1)
 * @param subtypes the probability of each subtype, given that the smear is malignant
 */
public record Prediction(
        Probabilities<Malignancy> malignancy, double threshold, double prevalence, Probabilities<Subtype> subtypes) {

    public Malignancy winner() {
        return malignancy.of(Malignancy.MALIGNANT) >= threshold ? Malignancy.MALIGNANT : Malignancy.BENIGN;
    }

    /** Benign if that wins, else the most probable subtype. */
    public SmearClass smearClass() {
        return winner() == Malignancy.BENIGN ? SmearClass.BENIGN : SmearClass.of(subtypes.winner());
    }

    /** The probability of each subtype, given that the smear is malignant; present only if malignant wins. */
    public Optional<Probabilities<Subtype>> subtype() {
        return winner() == Malignancy.MALIGNANT ? Optional.of(subtypes) : Optional.empty();
    }

    /** The probability of malignant where malignant smears are as frequent as this, in (0, 1). */
    public double malignantAt(double otherPrevalence) {
        double malignant = malignancy.of(Malignancy.MALIGNANT) * otherPrevalence / prevalence;
        double benign = malignancy.of(Malignancy.BENIGN) * (1 - otherPrevalence) / (1 - prevalence);
        return malignant / (malignant + benign);
    }

    /** The probabilities of the four classes where malignant smears are as frequent as this, in (0, 1). */
    public Probabilities<SmearClass> classesAt(double otherPrevalence) {
        double malignant = malignantAt(otherPrevalence);
        Map<SmearClass, Double> classes = new EnumMap<>(SmearClass.class);
        classes.put(SmearClass.BENIGN, 1 - malignant);
        subtypes.values()
                .forEach((subtype, probability) -> classes.put(SmearClass.of(subtype), malignant * probability));
        return new Probabilities<>(classes);
    }
}
