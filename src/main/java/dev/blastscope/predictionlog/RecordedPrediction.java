package dev.blastscope.predictionlog;

import dev.blastscope.inference.ImagePrediction;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.Subtype;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A prediction as it is recorded, beside its id and the hash of its image. */
@Schema(description = "A prediction as it is recorded")
public record RecordedPrediction(
        @Schema(description = "Version of the model", example = "2026-11-22.1")
        String model,

        @Schema(description = "SHA-256 of the files of the model")
        String digest,

        @Schema(description = "Malignant from the threshold on, else benign")
        Malignancy outcome,

        @Schema(description = "Exact calibrated probabilities of benign and malignant")
        Map<Malignancy, Double> malignancy,

        @Schema(description = "The probability of malignant from which on the outcome is MALIGNANT")
        double threshold,

        @Schema(description = "The share of malignant smears that the probabilities assume")
        double prevalence,

        @Schema(description = "How many of the eight symmetries of the image were averaged", example = "1")
        int views,

        @Schema(
                description =
                        "Exact calibrated probabilities of the subtypes; present only if the outcome is MALIGNANT")
        Optional<Map<Subtype, Double>> subtype) {

    static RecordedPrediction of(ImagePrediction prediction) {
        return of(prediction.modelVersion(), prediction.modelDigest(), prediction.prediction(), prediction.views());
    }

    static RecordedPrediction of(String model, String digest, Prediction prediction, int views) {
        return new RecordedPrediction(
                model,
                digest,
                prediction.outcome(),
                prediction.malignancy().values(),
                prediction.threshold(),
                prediction.prevalence(),
                views,
                prediction.subtype().map(Probabilities::values));
    }

    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("model", model);
        details.put("digest", digest);
        details.put("outcome", outcome);
        details.put("malignancy", malignancy);
        details.put("threshold", threshold);
        details.put("prevalence", prevalence);
        details.put("views", views);
        subtype.ifPresent(probabilities -> details.put("subtype", probabilities));
        return details;
    }

    /** The largest difference between two probabilities of the same class; 1 where only one prediction has subtypes. */
    double distanceTo(RecordedPrediction other) {
        double subtypes = subtype.isPresent() && other.subtype.isPresent()
                ? distance(subtype.get(), other.subtype.get())
                : subtype.isPresent() == other.subtype.isPresent() ? 0 : 1;
        return Math.max(distance(malignancy, other.malignancy), subtypes);
    }

    private static <E> double distance(Map<E, Double> one, Map<E, Double> other) {
        return one.entrySet().stream()
                .mapToDouble(entry -> Math.abs(entry.getValue() - other.getOrDefault(entry.getKey(), 0.0)))
                .max()
                .orElse(0);
    }
}
