package dev.blastscope.predictionlog;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditEvent;
import dev.blastscope.audit.AuditRecord;
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
import dev.blastscope.inference.UnusableModel;
import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.web.RequestRefused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Makes recorded decisions again, one at a time, so that at most one model more than the active one is in memory. */
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
     * Runs the model of a record on its image again, and puts on record that it did.
     *
     * @param upload the image file that the record is about, to the byte
     * @throws RequestRefused if the record, its model or its image is not there any more, or is another
     * @throws ImageRejected if the image cannot be decoded, as limits changed
     */
    public synchronized Replay replay(long sequence, byte[] upload) throws ImageRejected {
        AuditRecord record = record(sequence);
        RecordedPrediction recorded = record.details(AuditAction.PREDICTION, RecordedPrediction.class)
                .orElseThrow(() -> new RequestRefused(
                        HttpStatus.CONFLICT,
                        "not-a-prediction",
                        "Record " + sequence + " is of a " + record.action()
                                + "; only predictions can be made again."));
        String sha256 = DigestUtils.sha256Hex(upload);
        if (!record.contents().flatMap(contents -> contents.image()).equals(Optional.of(sha256))) {
            throw new RequestRefused(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "another-image",
                    "This is not the image that the record is about: its SHA-256 is another. Send the very file.");
        }
        Replay replay = Replay.of(sequence, recorded, decideAgain(recorded, decoder.decode(upload)));
        trail.record(
                List.of(new AuditEvent(
                        AuditAction.PREDICTION_REPLAYED,
                        Optional.of(sha256),
                        Map.of("sequence", sequence, "same", replay.same()))),
                Durability.DURABLE);
        return replay;
    }

    private AuditRecord record(long sequence) {
        AuditRecord record = records.find(sequence)
                .orElseThrow(() -> new RequestRefused(
                        HttpStatus.NOT_FOUND, "no-such-record", "The audit trail has no record " + sequence + "."));
        if (!record.isGenuine()) {
            throw new RequestRefused(
                    HttpStatus.CONFLICT,
                    "record-changed",
                    "Record " + sequence + " is not what was written. Verify the audit trail.");
        }
        if (record.contents().isEmpty()) {
            throw new RequestRefused(
                    HttpStatus.GONE, "record-erased", "The contents of record " + sequence + " were erased.");
        }
        return record;
    }

    private RecordedPrediction decideAgain(RecordedPrediction recorded, SmearImage image) {
        Optional<RecordedPrediction> again = byActiveModel(recorded, image);
        if (again.isPresent()) {
            return again.get();
        }
        try (ServingModel loaded = loader.version(recorded.model())) {
            if (loaded.digest().equals(recorded.digest())) {
                return decide(loaded, image);
            }
        } catch (NoSuchModel | DamagedModel | UnusableModel e) {
            log.warn("A decision cannot be made again. {}", e.getMessage());
        }
        throw new RequestRefused(
                HttpStatus.CONFLICT,
                "model-unavailable",
                "Model " + recorded.model() + " is not there any more, or not with the digest " + recorded.digest()
                        + ". Restore it from a back-up.");
    }

    private static RecordedPrediction decide(ServingModel model, SmearImage image) {
        return RecordedPrediction.of(
                model.version(), model.digest(), model.diagnose(List.of(image)).get(0));
    }

    private Optional<RecordedPrediction> byActiveModel(RecordedPrediction recorded, SmearImage image) {
        try {
            return active.use(model ->
                    model.digest().equals(recorded.digest()) ? Optional.of(decide(model, image)) : Optional.empty());
        } catch (ModelNotReady e) {
            return Optional.empty();
        }
    }
}
