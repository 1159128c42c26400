package dev.blastscope.prediction;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A probability for each answer of one head; they sum to 1.
 *
 * @param values from answer to probability, in [0, 1], for every constant of the enum
 * @param <E> the head's answers
 */
public record Probabilities<E extends Enum<E>>(Map<E, Double> values) {

    public Probabilities {
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /**
     * The softmax of a head's logits divided by its temperature (Guo et al. 2017, arXiv 1706.04599).
     *
     * @param logits one for each answer, in the order of the enum
     * @param temperature above 0; 1 leaves the logits as they are
     */
    public static <E extends Enum<E>> Probabilities<E> of(Class<E> answers, float[] logits, double temperature) {
        E[] constants = answers.getEnumConstants();
        if (logits.length != constants.length) {
            throw new IllegalArgumentException(constants.length + " logits expected, not " + logits.length);
        }
        double[] probabilities = softmax(logits, temperature);
        Map<E, Double> values = new EnumMap<>(answers);
        for (int i = 0; i < logits.length; i++) {
            values.put(constants[i], probabilities[i]);
        }
        return new Probabilities<>(values);
    }

    /** The softmax of {@code logits / temperature}: a probability for each logit, in their order. */
    public static double[] softmax(float[] logits, double temperature) {
        double highest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        double[] probabilities = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            // Less the highest, or a large logit would overflow.
            probabilities[i] = Math.exp((logits[i] - highest) / temperature);
            sum += probabilities[i];
        }
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    public double of(E answer) {
        return values.getOrDefault(answer, 0.0);
    }

    /** The most probable answer; of equals, the first. */
    public E winner() {
        return Collections.max(values.entrySet(), Map.Entry.comparingByValue()).getKey();
    }
}
