package dev.blastscope.deployment;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The one rule by which prometheus-adapter makes a metric for the autoscaler. */
record AdapterRule(String seriesQuery, Resources resources, Name name, String metricsQuery) {

    private static final Pattern SERIES = Pattern.compile("\\bblastscope_\\w+(?=\\{)");

    /** The labels that name the object that a series belongs to. */
    record Resources(Map<String, Resource> overrides) {}

    /** A kind of object. */
    record Resource(String resource) {}

    /** The metric's name. */
    record Name(String as) {}

    /** The adapter's configuration. */
    private record Configuration(List<AdapterRule> rules) {}

    static AdapterRule read(Manifests manifests) {
        String configuration = requireNonNull(
                manifests.configMap("blastscope-adapter-rules").getData().get("config.yaml"));
        return KubernetesModel.document(configuration, Configuration.class)
                .rules()
                .get(0);
    }

    /** The series that it reads. */
    Set<String> series() {
        Set<String> series = new TreeSet<>();
        SERIES.matcher(seriesQuery + metricsQuery)
                .results()
                .map(MatchResult::group)
                .forEach(series::add);
        return series;
    }
}
