package dev.blastscope.predictionlog;

import dev.blastscope.inference.ImagePrediction;
import dev.blastscope.inference.ModelIdentity;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.review.Outcome;
import dev.blastscope.review.Review;
import dev.blastscope.review.ReviewReason;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.ReviewedPrediction;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A prediction as it is recorded, beside its id and the hash of its image. */
@Schema(description = "A prediction as it is recorded")
public record RecordedPrediction(
        @Schema(description = "Version of the model", example = "2026-11-22.1")
        String model,

        @Schema(description = "SHA-256 of the checksums of the model's files in that precision")
        String digest,

        @Schema(description = "The numbers that the model computed in; absent in old records")
        Optional<Precision> rendition,

        @Schema(description = "Malignant from the threshold on, else benign; REVIEW if a person had to look")
        Outcome outcome,

        @Schema(description = "Exact calibrated probabilities of benign and malignant")
        Map<Malignancy, Double> malignancy,

        @Schema(description = "The probability of malignant from which on malignant wins")
        double threshold,

        @Schema(description = "The share of malignant smears that the probabilities assume")
        double prevalence,

        @Schema(description = "How many of the eight symmetries of the image were averaged", example = "1")
        int views,

        @Schema(description = "Exact calibrated probabilities of the subtypes; present only if malignant wins")
        Optional<Map<Subtype, Double>> subtype,

        @Schema(description = "How far the prediction could be believed")
        RecordedReview review) {

    static RecordedPrediction of(ImagePrediction prediction) {
        return of(prediction.model(), prediction.reviewed(), prediction.views());
    }

    static RecordedPrediction of(ModelIdentity model, ReviewedPrediction reviewed, int views) {
        Prediction prediction = reviewed.prediction();
        return new RecordedPrediction(
                model.version(),
                model.digest(),
                Optional.of(model.precision()),
                reviewed.outcome(),
                prediction.malignancy().values(),
                prediction.threshold(),
                prediction.prevalence(),
                views,
                prediction.subtype().map(Probabilities::values),
                RecordedReview.of(reviewed.review()));
    }

    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("model", model);
        details.put("digest", digest);
        rendition.ifPresent(numbers -> details.put("rendition", numbers));
        details.put("outcome", outcome);
        details.put("malignancy", malignancy);
        details.put("threshold", threshold);
        details.put("prevalence", prevalence);
        details.put("views", views);
        subtype.ifPresent(probabilities -> details.put("subtype", probabilities));
        details.put("review", review);
        return details;
    }

    /** The largest difference between two probabilities of the same class; 1 where only one prediction has subtypes. */
    double distanceTo(RecordedPrediction other) {
        double subtypes = subtype.isPresent() && other.subtype.isPresent()
                ? distance(subtype.get(), other.subtype.get())
                : subtype.isPresent() == other.subtype.isPresent() ? 0 : 1;
        return Math.max(distance(malignancy, other.malignancy), subtypes);
    }

    /** How far a prediction could be believed, as it is recorded. */
    @Schema(description = "How far a prediction could be believed")
    public record RecordedReview(
            @Schema(description = "The classes that could not be excluded")
            List<SmearClass> set,

            @Schema(description = "The share of the training images that are less familiar")
            Optional<Double> familiarity,

            @Schema(description = "Why a person had to look; empty if the prediction stood")
            List<RecordedReason> reasons,

            @Schema(
                    description = "The share of unseen smears of the known kind that counts as familiar",
                    example = "0.98")
            double acceptance,

            @Schema(description = "The coverage of the set", example = "0.95")
            double coverage,

            @Schema(description = "The share of smears that may be decided and wrong", example = "0.002")
            double risk) {

        static RecordedReview of(Review review) {
            return new RecordedReview(
                    List.copyOf(review.set()),
                    review.familiarity().isPresent()
                            ? Optional.of(review.familiarity().getAsDouble())
                            : Optional.empty(),
                    review.reasons().stream().map(RecordedReason::of).toList(),
                    review.settings().acceptance(),
                    review.settings().coverage(),
                    review.settings().risk());
        }

        ReviewSettings settings() {
            return new ReviewSettings(acceptance, coverage, risk);
        }
    }

    /** A reason as it is recorded. */
    @Schema(description = "A rule by which a person had to look at an image, what was measured, and its limit")
    public record RecordedReason(
            @Schema(description = "The rule", example = "UNCERTAIN")
            ReviewReason.Code code,

            @Schema(description = "What was measured", example = "0.8123")
            double value,

            @Schema(description = "The value beyond which the rule asked", example = "0.9634")
            double limit) {

        static RecordedReason of(ReviewReason reason) {
            return new RecordedReason(reason.code(), reason.value(), reason.limit());
        }
    }

    private static <E> double distance(Map<E, Double> one, Map<E, Double> other) {
        return one.entrySet().stream()
                .mapToDouble(entry -> Math.abs(entry.getValue() - other.getOrDefault(entry.getKey(), 0.0)))
                .max()
                .orElse(0);
    }
}
