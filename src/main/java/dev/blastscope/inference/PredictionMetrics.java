package dev.blastscope.inference;

import dev.blastscope.batching.BatchMetrics;
import dev.blastscope.batching.Batcher;
import dev.blastscope.image.ImageRejected.Reason;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.refusal.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.LongStream;
import org.springframework.stereotype.Component;

/**
 * What Prometheus sees of predictions: a histogram for each stage (decode, wait, forward, total), images by outcome and by
 * reason of refusal, and the queue.
 */
@Component
final class PredictionMetrics implements BatchMetrics {

    /** From a tiny image on a GPU to a full queue on a small CPU. */
    private static final Duration[] BUCKETS = LongStream.of(
                    1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Timer decode;
    private final Timer wait;
    private final Timer forward;
    private final Timer total;
    private final DistributionSummary batch;

    PredictionMetrics(MeterRegistry registry) {
        this.registry = registry;
        decode = stage("decode");
        wait = stage("wait");
        forward = stage("forward");
        total = stage("total");
        batch = DistributionSummary.builder("blastscope.batch.size")
                .description("Images that shared a forward pass")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32)
                .register(registry);
        // A series that exists from the start lets an alert see the first event.
        for (Malignancy outcome : Malignancy.values()) {
            outcomes(outcome.name());
        }
        // The contract knows it; nothing is left for review yet, which is what 0 says.
        outcomes("REVIEW");
        for (Reason reason : Reason.values()) {
            refusals(reason.code());
        }
    }

    void watch(Batcher<?, ?> batcher) {
        Gauge.builder("blastscope.queue.images", batcher, Batcher::waiting)
                .description("Images that wait for a forward pass")
                .register(registry);
    }

    void decoded(Duration duration) {
        decode.record(duration);
    }

    void answered(Malignancy outcome, Duration duration) {
        outcomes(outcome.name()).increment();
        total.record(duration);
    }

    void refused(Refusal refusal, int images) {
        refusals(refusal.code()).increment(images);
    }

    @Override
    public void waited(Duration duration) {
        wait.record(duration);
    }

    @Override
    public void ran(int images, Duration duration) {
        batch.record(images);
        forward.record(duration);
    }

    private Timer stage(String name) {
        return Timer.builder("blastscope.prediction.stage")
                .description("Time in each stage: decode, wait for a forward pass, forward pass, and in total")
                .tag("stage", name)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter outcomes(String outcome) {
        return Counter.builder("blastscope.predictions")
                .description("Images answered, by outcome")
                .tag("outcome", outcome.toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Counter refusals(String reason) {
        return Counter.builder("blastscope.refusals")
                .description("Images refused, by reason")
                .tag("reason", reason)
                .register(registry);
    }
}
