package dev.blastscope.trainingjobs;

import dev.blastscope.releases.ActivationObjections;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Objects to versions that failed the promotion gate. */
@Component
class FailedGates implements ActivationObjections {

    private final TrainingRecords records;

    FailedGates(TrainingRecords records) {
        this.records = records;
    }

    @Override
    public Optional<String> against(String version) {
        return records.promotion(version)
                .filter(decision -> !decision.promoted())
                .map(PromotionDecision::summary);
    }
}
