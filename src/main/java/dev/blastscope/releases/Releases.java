package dev.blastscope.releases;

import dev.blastscope.audit.Actor;
import dev.blastscope.audit.AuditAction;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.inference.ServingModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.refusal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The model versions that were activated, one after the other.
 *
 * <p>Safe for use by any number of threads and replicas; a replica does one thing at a time.
 */
@Component
public final class Releases {

    private static final Logger log = LoggerFactory.getLogger(Releases.class);

    private final LocalModel local;
    private final ActivePointerSync home;
    private final ReleaseRecords records;
    private final Removal removal;
    private final Actor actor;
    private final List<ActivationObjections> objections;

    Releases(
            LocalModel local,
            ActivePointerSync home,
            ReleaseRecords records,
            Removal removal,
            Actor actor,
            List<ActivationObjections> objections) {
        this.local = local;
        this.home = home;
        this.records = records;
        this.removal = removal;
        this.actor = actor;
        this.objections = objections;
    }

    /**
     * Activates a version unless something speaks against it; see {@link #activate(String, String)}.
     *
     * @throws ReleaseRefused if something does
     */
    public Activation activateUnopposed(String version, String why) throws Refusal {
        Optional<String> objection = objections.stream()
                .flatMap(objecting -> objecting.against(version).stream())
                .findFirst();
        if (objection.isPresent()) {
            throw ReleaseRefused.gateFailed(objection.get());
        }
        return activate(version, why);
    }

    /**
     * Activates a version whatever speaks against it, and returns when this replica serves it; the others follow within
     * seconds. If it is the active one already, nothing changes.
     *
     * @param version a published version, or the embedded one
     * @param why the reason in words, for the audit trail
     * @return the activation that is in force
     * @throws Refusal if there is no such version, it is damaged or cannot be served, another activation came first, or
     *     no model is loaded yet
     */
    public synchronized Activation activate(String version, String why) throws Refusal {
        Optional<Activation> current = current();
        if (current.map(Activation::version).filter(version::equals).isPresent()) {
            local.follow(current.get());
            return current.get();
        }
        return release(AuditAction.MODEL_ACTIVATED, version, current, current.map(Activation::id), why);
    }

    /**
     * Goes back to the version that was active before the current one was activated; when repeated, it goes further
     * back, down to the embedded model, and never forward. Deleted versions are skipped.
     *
     * @param why the reason in words, for the audit trail
     * @throws Refusal if there is no earlier version; and as {@link #activate}
     */
    public synchronized Activation rollBack(String why) throws Refusal {
        Optional<Activation> current = current();
        Activation from = current.orElseThrow(ReleaseRefused::noEarlierModel);
        Optional<Activation> target = records.rollbackTarget(from);
        if (target.isEmpty() && EmbeddedModel.isEmbedded(from.version())) {
            throw ReleaseRefused.noEarlierModel();
        }
        String version = target.map(Activation::version).orElse(EmbeddedModel.VERSION);
        return release(AuditAction.MODEL_ROLLED_BACK, version, current, target.flatMap(Activation::previous), why);
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

    /**
     * Loads a version beside the active model, and fetches it first if other replicas have it.
     *
     * @return a model to use and to close
     * @throws Refusal if there is no such version, or it is damaged or cannot be served by this program
     */
    public ServingModel load(String version) throws Refusal {
        return local.load(version);
    }

    /** Whether a version can be loaded, perhaps after it is fetched. */
    public boolean exists(String version) {
        return local.exists(version);
    }

    /** The latest activations, newest first. */
    public List<Activation> newest(int limit) {
        return records.newest(limit);
    }

    /** The running services on this database. */
    public List<Replica> replicas() {
        return records.replicas();
    }

    /**
     * Serves the model of an activation, unless this replica does already.
     *
     * @return false, and nothing is done, if it is not the current activation any more
     */
    synchronized boolean follow(Activation activation) throws Refusal {
        boolean isCurrent = records.last().equals(Optional.of(activation));
        if (isCurrent) {
            local.follow(activation);
        }
        return isCurrent;
    }

    private Activation release(
            AuditAction action, String version, Optional<Activation> current, Optional<Long> previous, String why)
            throws Refusal {
        ServingModel next = local.load(version);
        Activation made;
        try {
            made = records.add(
                    action,
                    new ReleaseRecords.Draft(version, next.versionDigest(), actor.name(), why, previous),
                    current);
        } catch (RuntimeException | Refusal e) {
            next.close();
            throw e;
        }
        local.serve(next, made);
        log.info(
                "{} model {}: activation {} by {}, {}",
                action == AuditAction.MODEL_ROLLED_BACK ? "Rolled back to" : "Activated",
                version,
                made.id(),
                made.actor(),
                current.map(replaced -> "replacing model " + replaced.version()).orElse("the first one"));
        removal.retain(made);
        return made;
    }

    private Optional<Activation> current() throws ModelNotReady {
        local.requireLoaded();
        return home.agree();
    }

    /**
     * A running service on the database.
     *
     * @param id another one after each start
     * @param version the version that it serves
     * @param digest that model's
     * @param seen when it last reported, by the database's clock
     */
    public record Replica(String id, String version, String digest, Instant seen) {}
}
