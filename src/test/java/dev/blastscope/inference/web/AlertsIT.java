package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Prometheus' rules: valid, tried, and each with a place that says what to do. */
class AlertsIT {

    private static final Path RUNBOOK = Path.of("docs", "operations.md");

    /** Whole, and with one variable for another place. */
    private static final Pattern ADDRESS = Pattern.compile(
            "\\{\\{ or \\$externalLabels\\.runbooks \"https://[\\w./]+/docs/operations\\.md\" }}#[a-z]+");

    @Test
    void eachAlertTellsWhatHappenedAndWhereItIsToldWhatToDo() throws IOException {
        List<String> anchors = Files.readAllLines(RUNBOOK).stream()
                .filter(line -> line.startsWith("#"))
                .map(AlertsIT::anchor)
                .toList();

        assertThat(alerts()).hasSizeGreaterThan(10).allSatisfy(alert -> {
            JsonNode annotations = alert.path("annotations");
            assertThat(annotations.propertyNames()).containsOnly("summary", "description", "runbook_url");
            String place = annotations.path("runbook_url").asString();
            assertThat(place).matches(ADDRESS);
            assertThat(anchors)
                    .containsOnlyOnce(place.substring(place.lastIndexOf('#') + 1))
                    .contains(alert.path("alert").asString().toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void eachAlertIsTried() throws IOException {
        String tests = Files.readString(Prometheus.CONFIGURATION.resolve("alerts-test.yml"));

        assertThat(alerts()).allSatisfy(alert -> assertThat(tests)
                .contains("\"" + alert.path("alert").asString() + "\""));
    }

    /** Else a busy installation would hide the failures of a small one. */
    @Test
    void whatIsAddedUpIsAddedUpForEachInstallation() throws IOException {
        assertThat(alerts())
                .extracting(alert -> alert.path("expr").asString())
                .filteredOn(expression -> expression.matches("(?s).*\\b(sum|count)\\b.*"))
                .hasSizeGreaterThan(8)
                .allSatisfy(expression -> assertThat(expression)
                        .doesNotContainPattern("\\b(sum|count|on|max|avg) (?!by|\\()")
                        .doesNotContainPattern("\\b(by|on) \\((?!namespace, job)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check config prometheus.yml", "check rules alerts.yml", "test rules alerts-test.yml"})
    @EnabledIfEnvironmentVariable(named = Prometheus.PROGRAMS, matches = ".+", disabledReason = Prometheus.ABSENT)
    void promtoolFindsNothingWrong(String command) throws Exception {
        Process promtool = new ProcessBuilder((Prometheus.program("promtool") + " " + command).split(" "))
                .directory(Prometheus.CONFIGURATION.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(said).isZero();
        assertThat(said).contains("SUCCESS");
    }

    private static List<JsonNode> alerts() throws IOException {
        return YamlFile.read(Prometheus.CONFIGURATION.resolve("alerts.yml"))
                .path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return heading.replaceFirst("^#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-');
    }
}
