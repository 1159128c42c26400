package dev.blastscope.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells Prometheus which model answers: a gauge of 1 whose tags name it. */
@Component
final class ModelInfoGauge {

    private final MultiGauge gauge;

    ModelInfoGauge(MeterRegistry registry) {
        gauge = MultiGauge.builder("blastscope.model.info")
                .description("The model that answers; always 1")
                .register(registry);
    }

    /** Names this model, and the one before no more. */
    void show(String version, String digest, String backbone) {
        Tags tags = Tags.of("version", version, "digest", digest, "backbone", backbone);
        gauge.register(List.of(MultiGauge.Row.of(tags, 1)), true);
    }
}
