package dev.blastscope.inference;

import dev.blastscope.refusal.Refusal;
import dev.blastscope.review.CaseReview;
import java.util.List;

/**
 * The prediction for a case: several fields of one slide.
 *
 * @param id a UUID, in the answer and in the audit trail
 * @param review the prediction, and how far it may be believed
 * @param fields in the order sent
 * @param model what was used
 */
public record CasePrediction(String id, CaseReview review, List<Field> fields, ModelIdentity model) {

    public CasePrediction {
        fields = List.copyOf(fields);
    }

    /** What became of a field. */
    public sealed interface Field {

        /**
         * It counts.
         *
         * @param contribution what it adds to the log-odds of malignant above the threshold
         */
        record Used(ImagePrediction prediction, double contribution) implements Field {}

        /** A person must look at the picture, for the reasons of its prediction; it does not count. */
        record LeftOut(ImagePrediction prediction) implements Field {}

        /** It is no image that can be used. */
        record Refused(Refusal refusal) implements Field {}

        /**
         * The same file as an earlier field, which counts once.
         *
         * @param original index of that field, from 0
         */
        record Duplicate(int original) implements Field {}
    }
}
