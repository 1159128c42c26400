package dev.blastscope.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ModelInfoGaugeTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ModelInfoGauge gauge = new ModelInfoGauge(registry);

    @Test
    void thereIsNoneBeforeAModelIsLoaded() {
        assertThat(registry.find("blastscope.model.info").gauges()).isEmpty();
    }

    @Test
    void itNamesTheModelThatAnswersAndTheOneBeforeNoMore() {
        gauge.show("2026-11-22.1", "sha256:1", "backbone-1");
        gauge.show("2026-11-23.1", "sha256:2", "backbone-1");
        Gauge only = registry.get("blastscope.model.info").gauge();
        assertThat(registry.find("blastscope.model.info").gauges()).hasSize(1);
        assertThat(only.value()).isEqualTo(1);
        assertThat(only.getId().getTag("version")).isEqualTo("2026-11-23.1");
        assertThat(only.getId().getTag("digest")).isEqualTo("sha256:2");
        assertThat(only.getId().getTag("backbone")).isEqualTo("backbone-1");
    }
}
