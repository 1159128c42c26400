package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Smears;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningService
class PredictionMetricsOverHttpIT {

    private static final byte[] SMEAR = Smears.jpeg(Smears.earlyPreB(1));
    private static final byte[] TEXT = "text".getBytes(StandardCharsets.US_ASCII);

    @LocalServerPort
    private int port;

    private ServiceClient client;
    private Metrics before;

    @BeforeEach
    void ready() {
        client = new ServiceClient(port).whenReady();
        before = Metrics.of(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"decode", "wait", "forward", "total"})
    void eachStageHasAHistogramFromOneMillisecondToTenSeconds(String stage) {
        client.post("image/jpeg", SMEAR);
        Metrics after = Metrics.of(client);
        assertThat(after.buckets(stage))
                .startsWith("0.001")
                .contains("0.01", "0.1", "1.0")
                .endsWith("10.0", "+Inf");
        assertThat(after.stageCount(stage)).isEqualTo(before.stageCount(stage) + 1);
    }

    @Test
    void anAnswerIsCountedByItsOutcomeAndModel() {
        String outcome = client.post("image/jpeg", SMEAR).json().path("outcome").asString();
        assertThat(Metrics.of(client).predictions(outcome)).isEqualTo(before.predictions(outcome) + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue-full", "too-many-uploads", "rate-limited", "model-not-ready", "truncated"})
    void everyReasonIsThereBeforeTheFirstRefusal(String reason) {
        assertThat(before.hasRefusals(reason)).isTrue();
    }

    @Test
    void refusalsAreCountedByTheirReason() {
        client.post("image/jpeg", TEXT);
        client.form(ServiceClient.BATCH, PredictionContractIT.images(TEXT, SMEAR, TEXT));
        client.post("image/jpeg", new byte[2 << 20]);
        client.post("image/jpeg", SMEAR, "X-Deadline-Ms", "1");
        client.form(
                ServiceClient.BATCH,
                PredictionContractIT.images(
                        Collections.nCopies(RunningService.QUEUE + 1, SMEAR).toArray(byte[][]::new)));
        Metrics after = Metrics.of(client);
        assertThat(after.refusals("not-an-image")).isEqualTo(before.refusals("not-an-image") + 3);
        assertThat(after.refusals("too-many-bytes")).isEqualTo(before.refusals("too-many-bytes") + 1);
        assertThat(after.refusals("deadline-exceeded")).isEqualTo(before.refusals("deadline-exceeded") + 1);
        assertThat(after.refusals("queue-full")).isEqualTo(before.refusals("queue-full") + RunningService.QUEUE + 1);
    }
}
