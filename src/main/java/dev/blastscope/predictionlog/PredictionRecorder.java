package dev.blastscope.predictionlog;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditRecord.Contents;
import dev.blastscope.audit.AuditRecord.Event;
import dev.blastscope.audit.AuditSettings;
import dev.blastscope.audit.AuditTrail;
import dev.blastscope.inference.CasePrediction;
import dev.blastscope.inference.ImagePrediction;
import dev.blastscope.inference.Predictor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Records every prediction and case before it is answered, the predictions of a batch in one commit. */
@Component
final class PredictionRecorder implements Predictor.Listener {

    private final AuditTrail trail;
    private final AuditSettings settings;

    PredictionRecorder(AuditTrail trail, AuditSettings settings) {
        this.trail = trail;
        this.settings = settings;
    }

    @Override
    public void predicted(List<ImagePrediction> predictions) {
        trail.record(predictions.stream().map(PredictionRecorder::event).toList(), settings.predictions());
    }

    @Override
    public void predicted(CasePrediction prediction) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(Contents.PREDICTION_ID, prediction.id());
        details.putAll(RecordedCase.details(prediction));
        trail.record(
                List.of(new Event(AuditAction.CASE_PREDICTION, Optional.empty(), details)), settings.predictions());
    }

    private static Map<String, Object> details(ImagePrediction prediction) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(Contents.PREDICTION_ID, prediction.id());
        details.putAll(RecordedPrediction.of(prediction).details());
        return details;
    }

    private static Event event(ImagePrediction prediction) {
        return new Event(AuditAction.PREDICTION, Optional.of(prediction.image().sha256()), details(prediction));
    }
}
