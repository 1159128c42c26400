package dev.blastscope.inference;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Readiness of the model: down, with the progress or the reason, until one is loaded and warm. */
@Component("modelHealthIndicator")
final class ModelReadiness implements HealthIndicator {

    private final ActiveModel model;

    ModelReadiness(ActiveModel model) {
        this.model = model;
    }

    @Override
    public Health health() {
        ActiveModel.State state = model.state();
        if (state instanceof ActiveModel.State.Ready ready) {
            return Health.up()
                    .withDetail("version", ready.model().version())
                    .withDetail("rendition", ready.model().identity().precision())
                    .withDetail("digest", ready.model().digest())
                    .build();
        }
        if (state instanceof ActiveModel.State.Failed failed) {
            return Health.down().withDetail("reason", failed.reason()).build();
        }
        return Health.outOfService()
                .withDetails(((ActiveModel.State.Loading) state).progress())
                .build();
    }
}
