package dev.blastscope.trainingjobs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The metrics of the trainings of this node: whether one runs, and how those that ran here ended. */
@Component
class TrainingMetrics {

    private final MeterRegistry registry;
    private final AtomicInteger running = new AtomicInteger();

    TrainingMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("blastscope.trainings.running", running, AtomicInteger::get)
                .description("Trainings running on this node")
                .register(registry);
        // A series that exists from the start lets an alert see the first event.
        Stream.of(Training.State.values()).filter(Training.State::isEnd).forEach(this::ends);
    }

    void begins() {
        running.incrementAndGet();
    }

    /** This node has stopped working on it, whether it has ended or not. */
    void leaves() {
        running.decrementAndGet();
    }

    void ended(Training.State end) {
        ends(end).increment();
    }

    private Counter ends(Training.State end) {
        return Counter.builder("blastscope.trainings")
                .description("Trainings that ended on this node, by how they ended")
                .tag("end", end.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
