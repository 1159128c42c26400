package dev.blastscope.releases;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditTrail;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Adds activations, each of them on record in the audit trail too. */
@Component
class ActivationLog {

    private static final Clock CLOCK = Clock.systemUTC();

    private final ReleaseLock head;
    private final Activations activations;
    private final SharedModels shared;
    private final AuditTrail trail;

    ActivationLog(ReleaseLock head, Activations activations, SharedModels shared, AuditTrail trail) {
        this.head = head;
        this.activations = activations;
        this.shared = shared;
        this.trail = trail;
    }

    /**
     * Adds an activation, which is in force for all replicas when this returns.
     *
     * @param after the one that was the present one when this was decided
     * @throws ReleaseRefused if that is not the present one any more, or the version is not what the replicas share
     */
    Activation add(AuditAction action, Draft draft, Optional<Activation> after) throws ReleaseRefused {
        return head.change(() -> {
            if (!activations.last().equals(after)) {
                throw ReleaseRefused.activationConflict();
            }
            requireShared(draft);
            Activation activation = new Activation(
                    after.map(Activation::id).orElse(0L) + 1,
                    draft.version(),
                    draft.digest(),
                    CLOCK.instant().truncatedTo(ChronoUnit.MICROS),
                    draft.actor(),
                    draft.why(),
                    draft.previous());
            activations.insert(activation);
            trail.record(
                    action,
                    Map.of(
                            "activation", activation.id(),
                            "version", activation.version(),
                            "digest", activation.digest(),
                            "by", activation.actor(),
                            "why", activation.why()));
            return activation;
        });
    }

    private void requireShared(Draft draft) throws ReleaseRefused {
        if (shared.areOn() && !draft.isEmbedded()) {
            SharedVersion known = shared.find(draft.version())
                    .filter(version -> !version.deleted())
                    .orElseThrow(() -> ReleaseRefused.modelDeleted(draft.version()));
            if (!known.digest().equals(draft.digest())) {
                throw ReleaseRefused.versionTaken(draft.version());
            }
        }
    }
}
