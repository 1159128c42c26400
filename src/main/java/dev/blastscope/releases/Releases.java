package dev.blastscope.releases;

import dev.blastscope.audit.Actor;
import dev.blastscope.audit.AuditAction;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.inference.ServingModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The versions that were let answer, one after the other.
 *
 * <p>Safe for use by any number of threads and replicas; a replica does one thing at a time.
 */
@Component
public final class Releases {

    private static final Logger log = LoggerFactory.getLogger(Releases.class);

    private final LocalModel local;
    private final SharedModels shared;
    private final ActivePointerSync home;
    private final Activations activations;
    private final ActivationLog additions;
    private final Removal removal;
    private final Replicas replicas;
    private final Actor actor;

    Releases(
            LocalModel local,
            SharedModels shared,
            ActivePointerSync home,
            Activations activations,
            ActivationLog additions,
            Removal removal,
            Replicas replicas,
            Actor actor) {
        this.local = local;
        this.shared = shared;
        this.home = home;
        this.activations = activations;
        this.additions = additions;
        this.removal = removal;
        this.replicas = replicas;
        this.actor = actor;
    }

    /**
     * Lets a version answer from now on, and returns when this replica serves it; the others follow within seconds. If it
     * is the active one already, nothing changes.
     *
     * @param version a published version, or the embedded one
     * @param why in words, for the record
     * @return the activation that is in force
     * @throws Refusal if there is no such version, it is damaged or cannot be served, another activation came first, or no
     *     model is loaded yet
     */
    public synchronized Activation activate(String version, String why) throws Refusal {
        Optional<Activation> present = present();
        if (present.map(Activation::version).filter(version::equals).isPresent()) {
            local.follow(present.get());
            return present.get();
        }
        return release(AuditAction.MODEL_ACTIVATED, version, present, present.map(Activation::id), why);
    }

    /**
     * Goes back to the version that was active before the present one came; again, and it goes further back, down to the
     * embedded model, and never forward. Versions that were deleted are passed over.
     *
     * @param why in words, for the record
     * @throws Refusal if there is no earlier version; and as {@link #activate}
     */
    public synchronized Activation rollBack(String why) throws Refusal {
        Optional<Activation> present = present();
        Activation from = present.orElseThrow(ReleaseRefused::noEarlierModel);
        Optional<Activation> target = RollbackTarget.than(from, activations::find, shared::isThere);
        if (target.isEmpty() && from.version().equals(EmbeddedModel.VERSION)) {
            throw ReleaseRefused.noEarlierModel();
        }
        String version = target.map(Activation::version).orElse(EmbeddedModel.VERSION);
        return release(AuditAction.MODEL_ROLLED_BACK, version, present, target.flatMap(Activation::previous), why);
    }

    /**
     * Deletes a version on all replicas.
     *
     * @throws NoSuchModel if there is no such version
     * @throws ReleaseRefused if it is in use
     */
    public synchronized void delete(String version) throws NoSuchModel, ReleaseRefused {
        home.agree();
        removal.delete(version);
    }

    /** The latest activations, newest first, so many at most. */
    public List<Activation> newest(int limit) {
        return activations.newest(limit);
    }

    /** The running services on this database. */
    public List<Replica> replicas() {
        return replicas.alive();
    }

    /**
     * Serves what an activation says, if this replica does not already.
     *
     * @return false, and nothing is done, if it is not the present one any more
     */
    synchronized boolean follow(Activation activation) throws Refusal {
        boolean isPresent = activations.last().equals(Optional.of(activation));
        if (isPresent) {
            local.follow(activation);
        }
        return isPresent;
    }

    private Activation release(
            AuditAction action, String version, Optional<Activation> present, Optional<Long> previous, String why)
            throws Refusal {
        ServingModel next = local.load(version);
        Activation made;
        try {
            if (shared.areOn() && !version.equals(EmbeddedModel.VERSION)) {
                shared.share(version);
            }
            made = additions.add(action, new Draft(version, next.digest(), actor.name(), why, previous), present);
        } catch (RuntimeException | Refusal e) {
            next.close();
            throw e;
        }
        local.serve(next, made);
        log.info(
                "Model {} answers from now on: activation {}, by {}, {}",
                version,
                made.id(),
                made.actor(),
                action == AuditAction.MODEL_ROLLED_BACK
                        ? "a rollback"
                        : "in place of " + present.map(Activation::version).orElse("the first model"));
        removal.retain(made, RollbackTarget.than(made, activations::find, shared::isThere));
        return made;
    }

    private Optional<Activation> present() throws ModelNotReady {
        local.requireLoaded();
        return home.agree();
    }
}
