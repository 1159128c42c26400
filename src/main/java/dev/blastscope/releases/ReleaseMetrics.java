package dev.blastscope.releases;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The metrics of releases: model swaps, and the time since this replica last served what the database says. */
@Component
class ReleaseMetrics {

    private final Counter swaps;
    private volatile long agreed = System.nanoTime();

    ReleaseMetrics(MeterRegistry registry) {
        swaps = Counter.builder("blastscope.model.swaps")
                .description("Number of times that this replica swapped the model that it serves")
                .register(registry);
        TimeGauge.builder("blastscope.releases.since.agreement", () -> System.nanoTime() - agreed, TimeUnit.NANOSECONDS)
                .description("Time since this replica last served the active version according to the database")
                .register(registry);
    }

    void swapped() {
        swaps.increment();
    }

    void agreed() {
        agreed = System.nanoTime();
    }
}
