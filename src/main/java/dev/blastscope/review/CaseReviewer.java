package dev.blastscope.review;

import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.prediction.FieldPool;
import dev.blastscope.prediction.FieldPool.Pooled;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.review.ReviewReason.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges the fields of one slide together.
 *
 * <p>A field that a person must look at for the picture itself (out of focus, unfamiliar and the like) is left out; one
 * that is only uncertain stays, as its doubt is evidence. The pooled prediction must be as certain as that of one
 * image.
 *
 * <p>Immutable.
 */
final class CaseReviewer {

    /** The share of the fields that must be fit for use. */
    private static final double LEAST_USABLE = 0.5;

    private final double prevalence;
    private final ReviewSettings settings;
    private final Optional<PredictionSets> sets;
    private final FieldPool pool;

    CaseReviewer(TrackRecord known, ReviewSettings settings, Optional<PredictionSets> sets) {
        this.prevalence = known.prevalence();
        this.settings = settings;
        this.sets = sets;
        this.pool = new FieldPool(known.prevalence(), deviationWithinGroups(known));
    }

    /**
     * Reviews a slide.
     *
     * @param fields that could be predicted
     * @param refused how many others could not
     */
    CaseReview review(List<ReviewedPrediction> fields, int refused) {
        List<ReviewedPrediction> used =
                fields.stream().filter(CaseReviewer::isUsable).toList();
        List<ReviewReason> reasons = new ArrayList<>();
        int sent = fields.size() + refused;
        if (used.isEmpty() || used.size() < LEAST_USABLE * sent) {
            reasons.add(ReviewReason.of(
                    Code.FEW_USABLE_FIELDS,
                    (double) used.size() / sent,
                    LEAST_USABLE,
                    "%d of %d fields can be used; at least half must be. See why the others were left out.",
                    used.size(),
                    sent));
        }
        if (used.isEmpty()) {
            return new CaseReview(
                    Optional.empty(),
                    Set.of(),
                    reasons,
                    fields.stream().map(field -> OptionalDouble.empty()).toList(),
                    OptionalDouble.empty(),
                    settings);
        }
        Pooled pooled =
                pool.pool(used.stream().map(ReviewedPrediction::prediction).toList());
        SmearClass answer = pooled.prediction().smearClass();
        Probabilities<SmearClass> classes = pooled.prediction().classesAt(prevalence);
        Set<SmearClass> set = sets.map(known -> known.of(classes)).orElse(Set.of(answer));
        disagreement(pooled).ifPresent(reasons::add);
        sets.flatMap(known -> known.uncertain(set, classes, answer)).ifPresent(reasons::add);
        return new CaseReview(
                Optional.of(pooled),
                set,
                reasons,
                contributions(fields, pooled.contributions().iterator()),
                OptionalDouble.of(used.stream()
                        .mapToDouble(field -> field.prediction().smearClass() == answer ? 1 : 0)
                        .average()
                        .orElseThrow()),
                settings);
    }

    private static boolean isUsable(ReviewedPrediction field) {
        return field.review().reasons().stream().allMatch(reason -> reason.code() == Code.UNCERTAIN);
    }

    private static List<OptionalDouble> contributions(List<ReviewedPrediction> fields, Iterator<Double> used) {
        return fields.stream()
                .map(field -> isUsable(field) ? OptionalDouble.of(used.next()) : OptionalDouble.empty())
                .toList();
    }

    /** Other fields of the slide might have made it the opposite. */
    private static Optional<ReviewReason> disagreement(Pooled pooled) {
        Prediction prediction = pooled.prediction();
        boolean malignant = prediction.winner() == Malignancy.MALIGNANT;
        double end = malignant ? pooled.low() : pooled.high();
        boolean crosses = malignant ? end < prediction.threshold() : end >= prediction.threshold();
        return crosses
                ? Optional.of(ReviewReason.of(
                        Code.FIELDS_DISAGREE,
                        end,
                        prediction.threshold(),
                        "Other fields could make the slide %s: its interval reaches %.4f, and the threshold is %.4f."
                                + " Send more fields, or look at the slide.",
                        malignant ? Malignancy.BENIGN : Malignancy.MALIGNANT,
                        end,
                        prediction.threshold()))
                : Optional.empty();
    }

    /** Pooled over the groups, each around a mean of its own. */
    private static OptionalDouble deviationWithinGroups(TrackRecord known) {
        double squares = 0;
        int degreesOfFreedom = 0;
        for (List<Row> answers : List.of(known.own(), known.earlier())) {
            for (List<Row> group : groups(answers)) {
                double[] scores = group.stream()
                        .mapToDouble(row -> FieldPool.logOdds(row.malignant()))
                        .toArray();
                double mean = Arrays.stream(scores).average().orElseThrow();
                for (double score : scores) {
                    squares += (score - mean) * (score - mean);
                }
                degreesOfFreedom += scores.length - 1;
            }
        }
        return degreesOfFreedom == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.sqrt(squares / degreesOfFreedom));
    }

    private static Collection<List<Row>> groups(List<Row> answers) {
        return answers.stream().collect(Collectors.groupingBy(Row::group)).values();
    }
}
