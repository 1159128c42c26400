package dev.blastscope.decisions;

import dev.blastscope.diagnosis.Diagnosis;
import dev.blastscope.diagnosis.Malignancy;
import dev.blastscope.diagnosis.Probabilities;
import dev.blastscope.diagnosis.Subtype;
import dev.blastscope.inference.Prediction;
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
public record Decision(
        String model,
        String digest,
        Malignancy outcome,
        Map<Malignancy, Double> malignancy,
        Optional<Map<Subtype, Double>> subtype) {

    static Decision of(Prediction prediction) {
        return of(prediction.modelVersion(), prediction.modelDigest(), prediction.diagnosis());
    }

    static Decision of(String model, String digest, Diagnosis diagnosis) {
        return new Decision(
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
    double distanceTo(Decision other) {
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
