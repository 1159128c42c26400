package dev.blastscope.predictionlog;

import dev.blastscope.inference.CasePrediction;
import dev.blastscope.inference.CasePrediction.Field;
import dev.blastscope.prediction.FieldPool.Pooled;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.predictionlog.RecordedPrediction.RecordedReason;
import dev.blastscope.review.CaseReview;
import dev.blastscope.review.ReviewSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A case as it is recorded, beside its id; its images have records of their own. */
final class RecordedCase {

    private RecordedCase() {}

    static Map<String, Object> details(CasePrediction prediction) {
        CaseReview review = prediction.review();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("model", prediction.model().version());
        details.put("digest", prediction.model().digest());
        details.put("rendition", prediction.model().precision());
        details.put("outcome", review.outcome());
        review.pooled().ifPresent(pooled -> details.put("pooled", RecordedPool.of(pooled)));
        details.put(
                "review",
                new RecordedCaseReview(
                        List.copyOf(review.set()),
                        review.reasons().stream().map(RecordedReason::of).toList(),
                        review.settings()));
        details.put(
                "fields", prediction.fields().stream().map(RecordedCase::field).toList());
        return details;
    }

    private static Map<String, Object> field(Field field) {
        if (field instanceof Field.Used used) {
            return Map.of("prediction", used.prediction().id(), "contribution", used.contribution());
        }
        if (field instanceof Field.LeftOut leftOut) {
            return Map.of("prediction", leftOut.prediction().id());
        }
        return field instanceof Field.Duplicate duplicate
                ? Map.of("duplicateOf", duplicate.original())
                : Map.of("refused", ((Field.Refused) field).refusal().code());
    }

    private record RecordedPool(
            Map<Malignancy, Double> malignancy,
            double low,
            double high,
            double threshold,
            double prevalence,
            Optional<Map<Subtype, Double>> subtype) {

        static RecordedPool of(Pooled pooled) {
            Prediction prediction = pooled.prediction();
            return new RecordedPool(
                    prediction.malignancy().values(),
                    pooled.low(),
                    pooled.high(),
                    prediction.threshold(),
                    prediction.prevalence(),
                    prediction.subtype().map(Probabilities::values));
        }
    }

    private record RecordedCaseReview(List<SmearClass> set, List<RecordedReason> reasons, ReviewSettings settings) {}
}
