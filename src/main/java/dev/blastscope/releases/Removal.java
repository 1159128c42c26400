package dev.blastscope.releases;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditTrail;
import dev.blastscope.inference.ServingModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelVersion;
import dev.blastscope.modelstore.NoSuchModel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Deletes versions that nobody needs any more. */
@Component
class Removal {

    private static final Logger log = LoggerFactory.getLogger(Removal.class);

    private final ModelStore store;
    private final SharedModels shared;
    private final LocalModel local;
    private final Replicas replicas;
    private final ReleaseLock head;
    private final Activations activations;
    private final AuditTrail trail;
    private final ReleaseSettings settings;

    Removal(
            ModelStore store,
            SharedModels shared,
            LocalModel local,
            Replicas replicas,
            ReleaseLock head,
            Activations activations,
            AuditTrail trail,
            ReleaseSettings settings) {
        this.store = store;
        this.shared = shared;
        this.local = local;
        this.replicas = replicas;
        this.head = head;
        this.activations = activations;
        this.trail = trail;
        this.settings = settings;
    }

    /**
     * Deletes a version: first, and for good, in the database, then in this store; the other replicas follow.
     *
     * @throws ReleaseRefused if it is in use
     */
    void delete(String version) throws NoSuchModel, ReleaseRefused {
        if (isServedHere(version)) {
            throw ReleaseRefused.modelInUse();
        }
        boolean isHere = shared.isHere(version);
        boolean isThere = shared.isThere(version);
        if (isThere) {
            head.change(() -> {
                if (isInUse(version)) {
                    throw ReleaseRefused.modelInUse();
                }
                if (shared.areOn()) {
                    shared.delete(version);
                }
                trail.record(AuditAction.MODEL_DELETED, Map.of("version", version));
                return true;
            });
        }
        if (isHere || !isThere) {
            store.delete(version);
        }
        log.info("Model {} was deleted", version);
    }

    /** Deletes the oldest versions beyond those that are kept. */
    void retain(Activation present, Optional<Activation> earlier) {
        if (settings.keep() == 0) {
            return;
        }
        List<String> old = versions()
                .filter(version -> !version.equals(present.version()))
                .flatMap(version -> ModelVersion.parse(version).stream())
                .sorted(Comparator.reverseOrder())
                .skip(settings.keep())
                .map(ModelVersion::toString)
                .filter(version ->
                        earlier.map(Activation::version).filter(version::equals).isEmpty())
                .toList();
        for (String version : old) {
            try {
                delete(version);
            } catch (NoSuchModel | ReleaseRefused | RuntimeException e) {
                log.info("Model {} is kept for now. {}", version, e.getMessage());
            }
        }
    }

    /** All that are in this store or shared. */
    private Stream<String> versions() {
        Stream<String> here =
                store.versions().stream().map(stored -> stored.version().toString());
        Stream<String> elsewhere = shared.areOn()
                ? shared.all().stream().filter(known -> !known.deleted()).map(SharedVersion::version)
                : Stream.empty();
        return Stream.concat(here, elsewhere).distinct();
    }

    private boolean isServedHere(String version) {
        return version.equals(EmbeddedModel.VERSION)
                || local.serving()
                        .map(ServingModel::version)
                        .filter(version::equals)
                        .isPresent();
    }

    private boolean isInUse(String version) {
        return replicas.serve(version)
                || activations
                        .last()
                        .map(Activation::version)
                        .filter(version::equals)
                        .isPresent();
    }
}
