package dev.blastscope.prediction;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The probabilities of the classes of one head; they sum to 1.
 *
 * @param values the probability of each constant of the enum, in [0, 1]
 * @param <E> the classes of the head
 */
public record Probabilities<E extends Enum<E>>(Map<E, Double> values) {

    public Probabilities {
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /** From the probability of malignant, in [0, 1]. */
    static Probabilities<Malignancy> ofMalignant(double malignant) {
        return new Probabilities<>(Map.of(Malignancy.BENIGN, 1 - malignant, Malignancy.MALIGNANT, malignant));
    }

    /**
     * The calibrated probabilities of a head.
     *
     * @param logits one for each class, in the order of the enum
     * @param temperature above 0; 1 leaves the logits as they are
     */
    public static <E extends Enum<E>> Probabilities<E> of(Class<E> classes, float[] logits, double temperature) {
        E[] constants = classes.getEnumConstants();
        if (logits.length != constants.length) {
            throw new IllegalArgumentException(constants.length + " logits expected, not " + logits.length);
        }
        double[] probabilities = softmax(logits, temperature);
        Map<E, Double> values = new EnumMap<>(classes);
        for (int i = 0; i < constants.length; i++) {
            values.put(constants[i], probabilities[i]);
        }
        return new Probabilities<>(values);
    }

    /** The softmax of logits divided by a temperature (Guo et al. 2017, arXiv 1706.04599). */
    public static double[] softmax(float[] logits, double temperature) {
        double highest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        double[] probabilities = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            // Less the highest, as a large logit would overflow.
            probabilities[i] = Math.exp((logits[i] - highest) / temperature);
            sum += probabilities[i];
        }
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    public double of(E constant) {
        return values.getOrDefault(constant, 0.0);
    }

    /** The most probable class; of equals, the first. */
    public E winner() {
        return Collections.max(values.entrySet(), Map.Entry.comparingByValue()).getKey();
    }
}
