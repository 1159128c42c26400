package dev.blastscope.predictionlog;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditRecord;
import dev.blastscope.audit.AuditRecord.Contents;
import dev.blastscope.audit.AuditRecord.Event;
import dev.blastscope.audit.AuditRecords;
import dev.blastscope.audit.AuditTrail;
import dev.blastscope.audit.Durability;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.image.SmearImage;
import dev.blastscope.inference.ActiveModel;
import dev.blastscope.inference.InferenceSettings;
import dev.blastscope.inference.ModelLoader;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.inference.ServingModel;
import dev.blastscope.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Repeats recorded predictions, one at a time, so that at most one model besides the active one is in memory. */
@Component
public class Replays {

    private static final Logger log = LoggerFactory.getLogger(Replays.class);

    private final AuditRecords records;
    private final AuditTrail trail;
    private final ActiveModel active;
    private final ModelLoader loader;
    private final ImageDecoder decoder;

    Replays(
            AuditRecords records,
            AuditTrail trail,
            ActiveModel active,
            ModelLoader loader,
            InferenceSettings settings) {
        this.records = records;
        this.trail = trail;
        this.active = active;
        this.loader = loader;
        this.decoder = new ImageDecoder(settings.image().limits());
    }

    /**
     * Runs the model of a record on its image again, and records that.
     *
     * @param upload the image file that the record is about, byte for byte
     * @throws ReplayRefused if the record, its model or its image is missing or another
     * @throws ImageRejected if the image cannot be decoded, as limits changed
     */
    public synchronized Replay replay(long sequence, byte[] upload) throws ReplayRefused, ImageRejected {
        AuditRecord record = record(sequence);
        RecordedPrediction recorded = record.details(AuditAction.PREDICTION, RecordedPrediction.class)
                .orElseThrow(() -> ReplayRefused.notAPrediction(sequence, record.action()));
        String sha256 = DigestUtils.sha256Hex(upload);
        if (!record.contents().flatMap(Contents::image).equals(Optional.of(sha256))) {
            throw ReplayRefused.imageMismatch();
        }
        Replay replay = Replay.of(sequence, recorded, repeat(recorded, decoder.decode(upload)));
        trail.record(
                List.of(new Event(
                        AuditAction.PREDICTION_REPLAYED,
                        Optional.of(sha256),
                        Map.of("sequence", sequence, "same", replay.same()))),
                Durability.DURABLE);
        return replay;
    }

    private AuditRecord record(long sequence) throws ReplayRefused {
        AuditRecord record = records.find(sequence).orElseThrow(() -> ReplayRefused.noSuchRecord(sequence));
        if (!record.isGenuine()) {
            throw ReplayRefused.recordChanged(sequence);
        }
        if (record.contents().isEmpty()) {
            throw ReplayRefused.recordErased(sequence);
        }
        return record;
    }

    private RecordedPrediction repeat(RecordedPrediction recorded, SmearImage image) throws ReplayRefused {
        Optional<RecordedPrediction> repeated = byActiveModel(recorded, image);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        try {
            Optional<ServingModel> loaded = loader.rendition(recorded.model(), recorded.digest());
            if (loaded.isPresent()) {
                try (ServingModel model = loaded.get()) {
                    return predict(model, image, recorded);
                }
            }
        } catch (Refusal e) {
            log.warn("Cannot replay a prediction. {}", e.getMessage());
        }
        throw ReplayRefused.modelUnavailable(recorded);
    }

    private static RecordedPrediction predict(ServingModel model, SmearImage image, RecordedPrediction recorded) {
        return RecordedPrediction.of(
                model.identity(),
                model.predict(
                                List.of(image),
                                recorded.prevalence(),
                                recorded.review().settings(),
                                recorded.views())
                        .get(0),
                recorded.views());
    }

    private Optional<RecordedPrediction> byActiveModel(RecordedPrediction recorded, SmearImage image) {
        try {
            return active.use(model -> model.digest().equals(recorded.digest())
                    ? Optional.of(predict(model, image, recorded))
                    : Optional.empty());
        } catch (ModelNotReady e) {
            return Optional.empty();
        }
    }
}
