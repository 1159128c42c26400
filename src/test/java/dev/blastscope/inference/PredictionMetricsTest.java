package dev.blastscope.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.image.ImageRejected;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.review.ReviewReason.Code;
import dev.blastscope.review.Reviews;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PredictionMetricsTest {

    private static final Prediction BENIGN = Calibration.NONE.predict(new float[] {1, 0}, new float[3]);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PredictionMetrics metrics = new PredictionMetrics(registry);

    private void serve(String version, String digest) {
        metrics.serve(new ModelIdentity(version, Precision.INT8, digest), digest + "-all", "backbone-1");
    }

    @Test
    void noModelIsNamedBeforeOneIsLoaded() {
        assertThat(registry.find("blastscope.model.info").gauges()).isEmpty();
    }

    @Test
    void theActiveModelIsNamedAndTheOneBeforeNoMore() {
        serve("2026-11-22.1", "sha256:1");
        serve("2026-11-23.1", "sha256:2");
        Gauge only = registry.get("blastscope.model.info").gauge();
        assertThat(registry.find("blastscope.model.info").gauges()).hasSize(1);
        assertThat(only.value()).isEqualTo(1);
        assertThat(only.getId().getTag("version")).isEqualTo("2026-11-23.1");
        assertThat(only.getId().getTag("digest")).isEqualTo("sha256:2");
        assertThat(only.getId().getTag("version_digest")).isEqualTo("sha256:2-all");
        assertThat(only.getId().getTag("rendition")).isEqualTo("int8");
        assertThat(only.getId().getTag("backbone")).isEqualTo("backbone-1");
    }

    @Test
    void predictionsAreCountedByOutcomeAndModelFromTheActivationOn() {
        serve("1", "sha256:1");
        assertThat(predictions("1")).containsExactly(0.0, 0.0, 0.0);

        metrics.answered(Reviews.standing(BENIGN), "1", Duration.ofMillis(20));
        metrics.answered(Reviews.because(BENIGN, Code.TOO_DARK, Code.UNCERTAIN), "1", Duration.ofMillis(20));
        serve("2", "sha256:2");

        assertThat(predictions("1")).containsExactlyInAnyOrder(0.0, 1.0, 1.0);
        assertThat(predictions("2")).containsExactly(0.0, 0.0, 0.0);
        assertThat(reviews("too-dark")).isEqualTo(1);
        assertThat(reviews("uncertain")).isEqualTo(1);
        assertThat(reviews("too-small")).isZero();
    }

    @Test
    void onlyTheNewestTenVersionsHaveSeries() {
        for (int version = 1; version <= 12; version++) {
            serve("" + version, "sha256:" + version);
            serve("1", "sha256:1");
        }
        assertThat(predictions("1")).as("active again and again").hasSize(3);
        assertThat(predictions("3")).isEmpty();
        assertThat(predictions("4")).hasSize(3);
        assertThat(registry.find("blastscope.predictions").counters()).hasSize(30);
    }

    @Test
    void everyReasonOfARefusalIsThereFromTheStart() {
        assertThat(registry.find("blastscope.refusals").counters())
                .extracting(counter -> counter.getId().getTag("reason"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of(ImageRejected.Reason.values()).map(ImageRejected.Reason::code),
                                Stream.of(
                                        "queue-full",
                                        "deadline-exceeded",
                                        "client-closed-request",
                                        "model-not-ready",
                                        "model-changed"))
                        .toList());
    }

    private double reviews(String reason) {
        return registry.get("blastscope.reviews")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private List<Double> predictions(String version) {
        return registry.find("blastscope.predictions").tag("model", version).counters().stream()
                .map(Counter::count)
                .toList();
    }
}
