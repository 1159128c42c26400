package dev.blastscope.review;

import dev.blastscope.prediction.FieldPool.Pooled;
import dev.blastscope.prediction.SmearClass;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What the fields of one slide say together, and how far it may be believed.
 *
 * @param pooled the prediction for the slide; empty if no field could be used
 * @param set the classes that cannot be excluded at the coverage; empty where none fits
 * @param reasons why a person must look at the slide; empty where the prediction stands
 * @param contributions what each field adds to the log-odds of malignant above the threshold, in the order of the
 *     fields; empty for a field that was left out
 * @param agreement the share of the fields used whose own class is that of the slide, in [0, 1]; empty if there are
 *     none
 * @param settings how much was asked for
 */
public record CaseReview(
        Optional<Pooled> pooled,
        Set<SmearClass> set,
        List<ReviewReason> reasons,
        List<OptionalDouble> contributions,
        OptionalDouble agreement,
        ReviewSettings settings) {

    public CaseReview {
        set = Collections.unmodifiableSet(set.isEmpty() ? EnumSet.noneOf(SmearClass.class) : EnumSet.copyOf(set));
        reasons = List.copyOf(reasons);
        contributions = List.copyOf(contributions);
    }

    public Outcome outcome() {
        return pooled.filter(found -> reasons.isEmpty())
                .map(found -> Outcome.of(found.prediction().winner()))
                .orElse(Outcome.REVIEW);
    }
}
