package dev.blastscope.predictionlog;

import dev.blastscope.inference.ImagePrediction;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.Subtype;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is recorded of a prediction beside its image's hash.
 *
 * @param model the version that decided
 * @param digest its digest
 * @param outcome what won
 * @param malignancy calibrated probabilities, to the last bit as they were answered
 * @param subtype those of the subtypes, if malignant won
 */
public record RecordedPrediction(
        String model,
        String digest,
        Malignancy outcome,
        Map<Malignancy, Double> malignancy,
        Optional<Map<Subtype, Double>> subtype) {

    static RecordedPrediction of(ImagePrediction prediction) {
        return of(prediction.modelVersion(), prediction.modelDigest(), prediction.diagnosis());
    }

    static RecordedPrediction of(String model, String digest, Prediction diagnosis) {
        return new RecordedPrediction(
                model,
                digest,
                diagnosis.outcome(),
                diagnosis.malignancy().values(),
                diagnosis.subtype().map(Probabilities::values));
    }

    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("model", model);
        details.put("digest", digest);
        details.put("outcome", outcome);
        details.put("malignancy", malignancy);
        subtype.ifPresent(probabilities -> details.put("subtype", probabilities));
        return details;
    }

    /** The largest difference between two probabilities of the same answer; 1 where only one decision has subtypes. */
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
