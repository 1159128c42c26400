package dev.blastscope.predictionlog;

import dev.blastscope.refusal.Refusal;
import java.util.Locale;

/** A record whose prediction cannot be repeated. */
public final class ReplayRefused extends Refusal {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private ReplayRefused(Reason reason, String message) {
        super(reason.code(), message);
        this.reason = reason;
    }

    static ReplayRefused noSuchRecord(long sequence) {
        return new ReplayRefused(Reason.NO_SUCH_RECORD, "The audit trail has no record " + sequence + ".");
    }

    static ReplayRefused notAPrediction(long sequence, String action) {
        return new ReplayRefused(
                Reason.NOT_A_PREDICTION,
                "Record " + sequence + " is of the action " + action + "; only predictions can be replayed.");
    }

    static ReplayRefused recordChanged(long sequence) {
        return new ReplayRefused(
                Reason.RECORD_CHANGED,
                "Record " + sequence + " is not as it was written. Verify the integrity of the audit trail.");
    }

    static ReplayRefused recordErased(long sequence) {
        return new ReplayRefused(Reason.RECORD_ERASED, "The contents of record " + sequence + " were erased.");
    }

    static ReplayRefused imageMismatch() {
        return new ReplayRefused(
                Reason.IMAGE_MISMATCH,
                "This is not the image that the record is about: its SHA-256 differs. Send the original file.");
    }

    static ReplayRefused modelUnavailable(RecordedPrediction recorded) {
        return new ReplayRefused(
                Reason.MODEL_UNAVAILABLE,
                "Model " + recorded.model() + " with the digest " + recorded.digest()
                        + " is no longer in the store. Restore it from a backup.");
    }

    public Reason reason() {
        return reason;
    }

    /** Why a prediction cannot be repeated. */
    public enum Reason {
        NO_SUCH_RECORD,
        NOT_A_PREDICTION,
        RECORD_CHANGED,
        RECORD_ERASED,
        IMAGE_MISMATCH,
        MODEL_UNAVAILABLE;

        private String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
