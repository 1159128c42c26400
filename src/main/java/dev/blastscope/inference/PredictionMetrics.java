package dev.blastscope.inference;

import dev.blastscope.batching.BatchMetrics;
import dev.blastscope.batching.Batcher;
import dev.blastscope.image.ImageRejected.Reason;
import dev.blastscope.refusal.Refusal;
import dev.blastscope.review.CaseReview;
import dev.blastscope.review.Outcome;
import dev.blastscope.review.ReviewReason;
import dev.blastscope.review.ReviewedPrediction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.search.Search;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What Prometheus sees of predictions: the active model, a histogram of each stage (decode, wait, forward, total),
 * images by outcome and model, reviews and refusals by reason, and the queue.
 */
@Component
final class PredictionMetrics implements BatchMetrics {

    private static final String PREDICTIONS = "blastscope.predictions";
    private static final String MODEL = "model";

    /** From a tiny image on a GPU to a full queue on a small CPU. */
    private static final Duration[] BUCKETS = LongStream.of(
                    1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    /**
     * Versions whose predictions have series; the oldest go, so that activations do not add up to ever more of them.
     */
    private static final int MOST_VERSIONS = 10;

    private static final List<String> REASONS =
            List.of("queue-full", "deadline-exceeded", "client-closed-request", "model-not-ready", "model-changed");

    private final MeterRegistry registry;
    private final MultiGauge active;
    private final Deque<String> versions = new ArrayDeque<>();
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
        active = MultiGauge.builder("blastscope.model.info")
                .description("The active model; always 1")
                .register(registry);
        // A series that exists from the start lets an alert see the first event.
        Stream.concat(Stream.of(Reason.values()).map(Reason::code), REASONS.stream())
                .forEach(this::refusals);
        Stream.of(ReviewReason.Code.values()).forEach(this::reviews);
        Stream.of(Outcome.values()).forEach(this::cases);
    }

    /**
     * Names the model that is active from now on.
     *
     * @param versionDigest of the whole version: replicas serve the same model, though perhaps in different renditions
     */
    synchronized void serve(ModelIdentity model, String versionDigest, String backbone) {
        active.register(
                List.of(MultiGauge.Row.of(
                        Tags.of(
                                "version", model.version(),
                                "digest", model.digest(),
                                "rendition", model.precision().toString(),
                                "version_digest", versionDigest,
                                "backbone", backbone),
                        1)),
                true);
        String version = model.version();
        versions.remove(version);
        versions.addLast(version);
        for (Outcome outcome : Outcome.values()) {
            predictions(outcome, version);
        }
        if (versions.size() > MOST_VERSIONS) {
            Search.in(registry)
                    .name(PREDICTIONS)
                    .tag(MODEL, versions.removeFirst())
                    .meters()
                    .forEach(registry::remove);
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

    void answered(ReviewedPrediction reviewed, String version, Duration duration) {
        predictions(reviewed.outcome(), version).increment();
        reviewed.review().reasons().forEach(reason -> reviews(reason.code()).increment());
        total.record(duration);
    }

    void answered(CaseReview review) {
        cases(review.outcome()).increment();
        review.reasons().forEach(reason -> reviews(reason.code()).increment());
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

    private Counter predictions(Outcome outcome, String version) {
        return Counter.builder(PREDICTIONS)
                .description("Predictions, by outcome and model version")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .tag(MODEL, version)
                .register(registry);
    }

    private Counter cases(Outcome outcome) {
        return Counter.builder("blastscope.cases")
                .description("Cases of several fields each, by outcome")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Counter reviews(ReviewReason.Code code) {
        return Counter.builder("blastscope.reviews")
                .description("Predictions and cases that a person must review, by reason; one may have several")
                .tag("reason", code.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .register(registry);
    }

    private Counter refusals(String reason) {
        return Counter.builder("blastscope.refusals")
                .description("Images refused, by reason")
                .tag("reason", reason)
                .register(registry);
    }
}
