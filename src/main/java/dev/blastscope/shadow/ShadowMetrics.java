package dev.blastscope.shadow;

import dev.blastscope.review.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What Prometheus sees of the challenger. */
@Component
final class ShadowMetrics {

    private final MeterRegistry registry;
    private final Timer pass;

    ShadowMetrics(MeterRegistry registry) {
        this.registry = registry;
        pass = Timer.builder("blastscope.shadow.pass")
                .description("Time of a challenger's forward pass of one image")
                .register(registry);
        // A series that exists from the start lets an alert see the first event.
        for (Outcome active : Outcome.values()) {
            for (Outcome challenger : Outcome.values()) {
                scored(active, challenger);
            }
        }
        Stream.of(Dropped.values()).forEach(this::dropped);
    }

    void watch(Supplier<Number> meanDifference) {
        Gauge.builder("blastscope.shadow.difference", meanDifference)
                .description("Mean difference between the challenger's and the active model's probability of malignant;"
                        + " NaN without a challenger")
                .register(registry);
    }

    void count(Outcome active, Outcome challenger, Duration duration) {
        scored(active, challenger).increment();
        pass.record(duration);
    }

    void drop(Dropped reason) {
        dropped(reason).increment();
    }

    private Counter scored(Outcome active, Outcome challenger) {
        return Counter.builder("blastscope.shadow.predictions")
                .description("Images that the challenger scored, by the active model's outcome and its own")
                .tag("active", label(active))
                .tag("challenger", label(challenger))
                .register(registry);
    }

    private Counter dropped(Dropped reason) {
        return Counter.builder("blastscope.shadow.dropped")
                .description("Images that the challenger did not score, by reason")
                .tag("reason", label(reason))
                .register(registry);
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Why an image is not scored. */
    enum Dropped {
        /** More images were answered than the challenger keeps up with. */
        QUEUE_FULL,
        /** Clients' images were waiting all the time. */
        BUSY,
        /** The forward pass failed. */
        FAILED
    }
}
