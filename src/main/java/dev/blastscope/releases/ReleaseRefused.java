package dev.blastscope.releases;

import dev.blastscope.modelstore.Precision;
import dev.blastscope.refusal.Refusal;
import dev.blastscope.refusal.UntrustedText;
import dev.blastscope.safetensors.InvalidWeights;
import java.util.Set;
import java.util.stream.Collectors;

/** A change of releases that a rule forbids, or that came too late. */
public final class ReleaseRefused extends Refusal {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private ReleaseRefused(Reason reason, String message) {
        super(reason.code(), message);
        this.reason = reason;
    }

    static ReleaseRefused activationConflict() {
        return new ReleaseRefused(
                Reason.ACTIVATION_CONFLICT,
                "Another version was activated meanwhile. Look at the activations, and decide again.");
    }

    static ReleaseRefused gateFailed(String objection) {
        return new ReleaseRefused(
                Reason.GATE_FAILED,
                objection + " To activate it all the same, send force=true and why, which goes on record.");
    }

    static ReleaseRefused modelDeleted(String version) {
        return new ReleaseRefused(
                Reason.MODEL_DELETED, "Model " + version + " was deleted in the meantime. Activate another one.");
    }

    static ReleaseRefused versionTaken(String version) {
        return new ReleaseRefused(
                Reason.VERSION_TAKEN,
                "Another replica has published a different model as " + version
                        + ". Publish this one again, which gives it a new name.");
    }

    static ReleaseRefused noEarlierModel() {
        return new ReleaseRefused(
                Reason.NO_EARLIER_MODEL,
                "No model was active before the current one. Activate a version by its name instead.");
    }

    static ReleaseRefused modelInUse() {
        return new ReleaseRefused(
                Reason.MODEL_IN_USE,
                "This model is active, embedded, or still served by a replica. Activate another one, and delete this one"
                        + " a minute later.");
    }

    static ReleaseRefused unusableModel(String version, InvalidWeights cause) {
        return new ReleaseRefused(
                Reason.UNUSABLE_MODEL, "Model " + version + " cannot be exported: " + cause.getMessage());
    }

    static ReleaseRefused noSuchRendition(String version, String asked, Set<Precision> had) {
        return new ReleaseRefused(
                Reason.NO_SUCH_RENDITION,
                "Model " + version + " has no rendition " + UntrustedText.quoted(asked) + ", only "
                        + had.stream().sorted().map(Precision::toString).collect(Collectors.joining(" and "))
                        + ". Leave rendition out to get what this service runs.");
    }

    public Reason reason() {
        return reason;
    }

    /** The rules, each with its code. */
    public enum Reason {
        ACTIVATION_CONFLICT("activation-conflict"),
        GATE_FAILED("gate-failed"),
        MODEL_DELETED("model-deleted"),
        VERSION_TAKEN("version-taken"),
        NO_EARLIER_MODEL("no-earlier-model"),
        MODEL_IN_USE("model-in-use"),
        UNUSABLE_MODEL("unusable-model"),
        NO_SUCH_RENDITION("no-such-rendition");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
