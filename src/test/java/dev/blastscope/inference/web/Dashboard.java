package dev.blastscope.inference.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Grafana's dashboard of {@code monitoring/}. */
record Dashboard(JsonNode json) {

    static final Path GRAFANA = Path.of("monitoring", "grafana");

    static Dashboard read() throws IOException {
        return new Dashboard(
                JsonMapper.shared().readTree(Files.readString(GRAFANA.resolve("dashboards/blastscope.json"))));
    }

    List<JsonNode> panels() {
        return json.path("panels").valueStream().toList();
    }

    Stream<JsonNode> targets() {
        return panels().stream().flatMap(panel -> panel.path("targets").valueStream());
    }

    /** The panels' expressions. */
    List<String> expressions() {
        return targets().map(Dashboard::expression).toList();
    }

    List<JsonNode> variables() {
        return json.at("/templating/list").valueStream().toList();
    }

    List<JsonNode> annotations() {
        return json.at("/annotations/list").valueStream().toList();
    }

    /**
     * An expression with what Grafana fills in: all installations and replicas, and an interval of several readings.
     */
    static String expression(JsonNode asking) {
        return asking.path("expr")
                .asString()
                .replace("$__rate_interval", "10s")
                .replace("$namespace", ".*")
                .replace("$instance", ".*");
    }
}
