package dev.blastscope.inference.web;

import java.util.List;
import java.util.Locale;

/** What Prometheus reads of the service at one moment. */
record Metrics(List<String> lines) {

    static Metrics of(ServiceClient client) {
        return new Metrics(client.get("/actuator/prometheus").body().lines().toList());
    }

    double predictions(String outcome) {
        return value("blastscope_predictions_total{model=\"embedded\",outcome=\"" + outcome.toLowerCase(Locale.ROOT)
                + "\"}");
    }

    double refusals(String reason) {
        return value("blastscope_refusals_total{reason=\"" + reason + "\"}");
    }

    boolean hasRefusals(String reason) {
        return lines.stream()
                .anyMatch(line -> line.startsWith("blastscope_refusals_total{reason=\"" + reason + "\"} "));
    }

    double stageCount(String stage) {
        return value("blastscope_prediction_stage_seconds_count{stage=\"" + stage + "\"}");
    }

    /** The upper bounds of a stage's buckets in seconds, as Prometheus writes them. */
    List<String> buckets(String stage) {
        String prefix = "blastscope_prediction_stage_seconds_bucket{stage=\"" + stage + "\",le=\"";
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length(), line.indexOf('"', prefix.length())))
                .toList();
    }

    /** The value of a series; 0 where there is none. */
    private double value(String series) {
        return lines.stream()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .sum();
    }
}
