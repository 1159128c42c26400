package dev.blastscope.prediction;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Makes one prediction of the fields of one slide.
 *
 * <p>The log-odds of malignant are averaged, a logarithmic opinion pool with equal weights (Genest and Zidek 1986,
 * Statistical Science 1). They are not added up, which would take fields of one slide for independent evidence: a
 * hundred fields are no surer than their mean. A probability counts as in [{@value #LEAST}, 1 - {@value #LEAST}], so
 * that one field cannot outvote all others. The subtypes are pooled likewise, over the fields that are called
 * malignant.
 *
 * <p>The interval is for the mean over all fields of the slide, if those at hand were chosen at random: a moderated
 * t-interval (Smyth 2004, doi 10.2202/1544-6115.1027), whose variance is that of the fields and, counting as much as
 * {@value #PRIOR_FIELDS} of them, that within groups of the training. It says how far other fields might move the
 * answer, and nothing about what the model gets wrong in all fields of a slide alike.
 *
 * <p>Everything is done at the model's own prevalence, so that another one changes no outcome. Immutable.
 */
public final class FieldPool {

    private static final double LEAST = 1e-6;
    private static final int PRIOR_FIELDS = 4;
    private static final double TAIL = 0.025;

    private final double prevalence;
    private final OptionalDouble deviation;

    /**
     * @param prevalence at which the model was calibrated, in (0, 1)
     * @param deviation of {@link #logOdds} within a group of the training; empty if it is not known
     */
    public FieldPool(double prevalence, OptionalDouble deviation) {
        this.prevalence = prevalence;
        this.deviation = deviation;
    }

    /** The log-odds with which a probability of malignant enters a pool. */
    public static double logOdds(double malignant) {
        return LogOdds.of(Math.min(1 - LEAST, Math.max(LEAST, malignant)));
    }

    /**
     * Pools fields.
     *
     * @param fields at least one, all of one model, threshold and prevalence
     */
    public Pooled pool(List<Prediction> fields) {
        Prediction first = fields.get(0);
        // From the model's prevalence to that of the answer.
        double shift = LogOdds.of(first.prevalence()) - LogOdds.of(prevalence);
        double threshold = LogOdds.of(first.threshold()) - shift;
        double[] scores = fields.stream()
                .mapToDouble(field -> logOdds(field.malignantAt(prevalence)))
                .toArray();
        double mean = Arrays.stream(scores).average().orElseThrow();
        double margin = margin(scores, mean);
        return new Pooled(
                new Prediction(
                        Probabilities.ofMalignant(LogOdds.probability(mean + shift)),
                        first.threshold(),
                        first.prevalence(),
                        subtypes(fields)),
                LogOdds.probability(mean - margin + shift),
                LogOdds.probability(mean + margin + shift),
                Arrays.stream(scores)
                        .map(score -> (score - threshold) / scores.length)
                        .boxed()
                        .toList());
    }

    private double margin(double[] scores, double mean) {
        int degreesOfFreedom = scores.length - 1 + (deviation.isPresent() ? PRIOR_FIELDS : 0);
        if (degreesOfFreedom == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double squares = Arrays.stream(scores)
                .map(score -> (score - mean) * (score - mean))
                .sum();
        double known = deviation.orElse(0);
        double variance = (squares + (deviation.isPresent() ? PRIOR_FIELDS * known * known : 0)) / degreesOfFreedom;
        return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(TAIL)
                * Math.sqrt(variance / scores.length);
    }

    private static Probabilities<Subtype> subtypes(List<Prediction> fields) {
        List<Prediction> malignant = fields.stream()
                .filter(field -> field.winner() == Malignancy.MALIGNANT)
                .toList();
        List<Prediction> pooled = malignant.isEmpty() ? fields : malignant;
        Map<Subtype, Double> means = new EnumMap<>(Subtype.class);
        for (Subtype subtype : Subtype.values()) {
            means.put(
                    subtype,
                    Math.exp(pooled.stream()
                            .mapToDouble(field ->
                                    Math.log(Math.max(LEAST, field.subtypes().of(subtype))))
                            .average()
                            .orElseThrow()));
        }
        double sum = means.values().stream().mapToDouble(Double::doubleValue).sum();
        means.replaceAll((subtype, product) -> product / sum);
        return new Probabilities<>(means);
    }

    /**
     * What several fields say together.
     *
     * @param prediction of the slide
     * @param low lower end of the 95 % interval of its probability of malignant, in [0, 1]
     * @param high upper end
     * @param contributions what each field adds to the log-odds of malignant above the threshold, in the order of the
     *     fields; the slide is called malignant where their sum is not negative
     */
    public record Pooled(Prediction prediction, double low, double high, List<Double> contributions) {

        public Pooled {
            contributions = List.copyOf(contributions);
        }
    }
}
