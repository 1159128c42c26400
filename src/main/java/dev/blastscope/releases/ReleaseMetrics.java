package dev.blastscope.releases;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** What Prometheus sees of releases: swaps, and how long ago this replica served what the database says. */
@Component
class ReleaseMetrics {

    private final Counter swaps;
    private volatile long agreed = System.nanoTime();

    ReleaseMetrics(MeterRegistry registry) {
        swaps = Counter.builder("blastscope.model.swaps")
                .description("Times that another model took the place of the one that answered")
                .register(registry);
        TimeGauge.builder("blastscope.releases.since.agreement", () -> System.nanoTime() - agreed, TimeUnit.NANOSECONDS)
                .description("Time since this replica last served the version that the database says")
                .register(registry);
    }

    void swapped() {
        swaps.increment();
    }

    void agreed() {
        agreed = System.nanoTime();
    }
}
