package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Smears;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** A real Prometheus reads the running service, and finds in it whatever the dashboard and the alerts ask for. */
@RunningService
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = Prometheus.PROGRAMS, matches = ".+", disabledReason = Prometheus.ABSENT)
class PrometheusReadsTheServiceIT {

    private static final byte[] SMEAR = Smears.jpeg(Smears.proB(1));
    private static final Pattern SELECTOR = Pattern.compile("[a-z_]+\\{[^}]*\\}|blastscope_model_info");

    @LocalServerPort
    private int port;

    private Prometheus prometheus;

    @BeforeAll
    void watch(@TempDir Path folder) throws Exception {
        ServiceClient client = new ServiceClient(port).whenReady();
        exercise(client);
        prometheus = Prometheus.watching(port, folder);
        prometheus.awaitReadings(2);
        exercise(client);
        prometheus.awaitReadings(5);
    }

    @AfterAll
    void stop() {
        prometheus.close();
    }

    @Test
    void theServiceIsUpAndHasItsModel() {
        assertThat(prometheus.series("up{job=\"blastscope\"} == 1")).hasSize(1);
        assertThat(prometheus.series("blastscope_model_info{version=\"embedded\"}"))
                .hasSize(1);
    }

    @Test
    void eachPanelHasSomethingToShow() throws Exception {
        List<String> expressions = Dashboard.read().expressions();

        assertThat(expressions)
                .hasSizeGreaterThan(30)
                .allSatisfy(expression ->
                        assertThat(prometheus.series(expression)).as(expression).isNotEmpty());
    }

    @Test
    void anActivationIsMarkedWithItsVersion() throws Exception {
        JsonNode annotation = Dashboard.read().annotations().get(0);

        assertThat(prometheus.series(Dashboard.expression(annotation).replace("offset 1m", "offset 1h")))
                .singleElement()
                .satisfies(series -> assertThat(
                                series.path("metric").path("version").asString())
                        .isEqualTo("embedded"));
    }

    @Test
    void eachAlertAsksForWhatThereIs() {
        List<JsonNode> alerts = alerts();

        assertThat(alerts).hasSizeGreaterThan(10);
        for (JsonNode alert : alerts) {
            List<String> selectors = SELECTOR.matcher(alert.path("query").asString())
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(selectors).as(alert.toString()).isNotEmpty();
            // The only fault that a caller can bring about is a deadline that passes, which the alert leaves out.
            assertThat(selectors).allSatisfy(selector -> assertThat(
                            prometheus.series(selector.replaceAll("status!=\"504\",\\s*", "")))
                    .as(selector)
                    .isNotEmpty());
        }
    }

    @Test
    void eachAlertCanBeAskedAndNoneFiresForAHealthyService() {
        for (JsonNode alert : alerts()) {
            assertThat(alert.path("health").asString()).as(alert.toString()).isEqualTo("ok");
        }
        List<String> firing = prometheus.series("ALERTS{alertstate=\"firing\"}").stream()
                .map(alert -> alert.path("metric").path("alertname").asString())
                .toList();
        assertThat(firing).doesNotContain("BlastscopeDown", "BlastscopeNoModel", "BlastscopeDatabaseUnavailable");
    }

    @Test
    void theProcessHasMoreMemoryThanItsHeap() {
        assertThat(prometheus.series("process_resident_memory_bytes > on (instance) sum by (instance)"
                        + " (jvm_memory_used_bytes{area=\"heap\"})"))
                .hasSize(1);
    }

    private List<JsonNode> alerts() {
        List<JsonNode> alerts = new ArrayList<>();
        prometheus.api("rules").path("groups").forEach(group -> group.path("rules")
                .forEach(alerts::add));
        return alerts;
    }

    /**
     * What a day brings: answers, a refusal, a batch, a deadline that passes, a wrong key, and the collector of
     * garbage.
     */
    private static void exercise(ServiceClient client) {
        for (int i = 0; i < 3; i++) {
            assertThat(client.post("image/jpeg", SMEAR).status()).isEqualTo(200);
        }
        client.form(ServiceClient.BATCH, PredictionContractIT.images(SMEAR, SMEAR));
        client.post("image/jpeg", "text".getBytes(StandardCharsets.US_ASCII));
        assertThat(client.post("image/jpeg", SMEAR, "X-Deadline-Ms", "1").status())
                .isEqualTo(504);
        client.get("/api/v1/models", "X-API-Key", "bsk_of_nobody");
        System.gc();
    }
}
