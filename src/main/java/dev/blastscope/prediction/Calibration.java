package dev.blastscope.prediction;

import java.util.ArrayList;
import java.util.List;

/**
 * How the logits of both heads become probabilities, and from which probability on a smear counts as malignant.
 *
 * <p>The malignancy head's log-odds are divided by a temperature and moved by a bias (Platt 1999); the subtype head's
 * logits are divided by a temperature (Guo et al. 2017, arXiv 1706.04599). A probability of malignancy depends on how
 * frequent malignant smears are where it is asked: another prevalence moves its log-odds and the threshold by the same
 * amount (Saerens et al. 2002, Neural Computation 14), so that the probabilities change and the outcomes do not.
 *
 * @param malignancyTemperature above 0
 * @param malignancyBias added to the malignancy head's log-odds
 * @param subtypeTemperature above 0
 * @param threshold the probability of malignant from which on a smear counts as malignant, in (0, 1)
 * @param prevalence the share of malignant smears that the probabilities assume, in (0, 1)
 */
public record Calibration(
        double malignancyTemperature,
        double malignancyBias,
        double subtypeTemperature,
        double threshold,
        double prevalence) {

    /** Leaves the logits as they are: the more probable class wins. */
    public static final Calibration NONE = new Calibration(1, 0, 1, 0.5, 0.5);

    /** @throws IllegalArgumentException if a number is outside its range */
    public Calibration {
        if (!isPositive(malignancyTemperature) || !isPositive(subtypeTemperature) || !Double.isFinite(malignancyBias)) {
            throw new IllegalArgumentException(
                    "a temperature is a positive number, and a bias a number; not %s, %s and %s"
                            .formatted(malignancyTemperature, subtypeTemperature, malignancyBias));
        }
        if (!isShare(threshold) || !isShare(prevalence)) {
            throw new IllegalArgumentException(
                    "threshold and prevalence lie between 0 and 1; not %s and %s".formatted(threshold, prevalence));
        }
    }

    /** The same decisions where malignant smears are as frequent as this, in (0, 1). */
    public Calibration forPrevalence(double other) {
        double shift = LogOdds.of(other) - LogOdds.of(prevalence);
        return new Calibration(
                malignancyTemperature,
                malignancyBias + shift,
                subtypeTemperature,
                LogOdds.probability(LogOdds.of(threshold) + shift),
                other);
    }

    /** The same with another threshold, in (0, 1). */
    public Calibration withThreshold(double other) {
        return new Calibration(malignancyTemperature, malignancyBias, subtypeTemperature, other, prevalence);
    }

    /**
     * The prediction from the logits of both heads.
     *
     * @param malignancy in the order of {@link Malignancy}
     * @param subtype in the order of {@link Subtype}
     */
    public Prediction predict(float[] malignancy, float[] subtype) {
        double malignant = malignant(malignancy);
        return new Prediction(
                Probabilities.ofMalignant(malignant),
                threshold,
                prevalence,
                Probabilities.of(Subtype.class, subtype, subtypeTemperature));
    }

    /**
     * The evidence for a prediction of {@link #predict}: the logits' own, in the units of the probabilities.
     *
     * @param malignancy the evidence for each logit, in the order of {@link Malignancy}
     * @param subtype likewise, in the order of {@link Subtype}
     */
    public Explanation explain(Prediction prediction, List<Evidence> malignancy, List<Evidence> subtype) {
        Evidence logOdds =
                malignancy.get(Malignancy.MALIGNANT.ordinal()).minus(malignancy.get(Malignancy.BENIGN.ordinal()));
        return new Explanation(
                logOdds.times(1 / malignancyTemperature).plus(malignancyBias),
                prediction.subtype().map(subtypes -> contrast(
                                subtype, subtypes.winner().ordinal())
                        .times(1 / subtypeTemperature)));
    }

    /** One logit less the mean of the others: what softmax makes of it does not change when all of them rise. */
    private static Evidence contrast(List<Evidence> logits, int one) {
        List<Evidence> others = new ArrayList<>(logits);
        return others.remove(one).minus(Evidence.mean(others));
    }

    /** The probability of malignant, in [0, 1]. */
    public double malignant(float[] malignancy) {
        double logOdds = malignancy[Malignancy.MALIGNANT.ordinal()] - malignancy[Malignancy.BENIGN.ordinal()];
        return LogOdds.probability(logOdds / malignancyTemperature + malignancyBias);
    }

    private static boolean isPositive(double temperature) {
        return temperature > 0 && Double.isFinite(temperature);
    }

    private static boolean isShare(double value) {
        return value > 0 && value < 1;
    }
}
