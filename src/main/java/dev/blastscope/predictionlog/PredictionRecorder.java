package dev.blastscope.predictionlog;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditEvent;
import dev.blastscope.audit.AuditSettings;
import dev.blastscope.audit.AuditTrail;
import dev.blastscope.inference.ImagePrediction;
import dev.blastscope.inference.PredictionListener;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Puts every prediction on record before it is answered, those of a batch in one commit. */
@Component
final class PredictionRecorder implements PredictionListener {

    private final AuditTrail trail;
    private final AuditSettings settings;

    PredictionRecorder(AuditTrail trail, AuditSettings settings) {
        this.trail = trail;
        this.settings = settings;
    }

    @Override
    public void answered(List<ImagePrediction> predictions) {
        trail.record(predictions.stream().map(PredictionRecorder::event).toList(), settings.predictions());
    }

    private static AuditEvent event(ImagePrediction prediction) {
        return new AuditEvent(
                AuditAction.PREDICTION,
                Optional.of(prediction.image().sha256()),
                RecordedPrediction.of(prediction).details());
    }
}
