package dev.blastscope.releases;

import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelVersion;
import dev.blastscope.modelstore.NoSuchModel;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Deletes versions that are not needed any more. */
@Component
class Removal {

    private static final Logger log = LoggerFactory.getLogger(Removal.class);

    private final ModelStore store;
    private final SharedModels shared;
    private final LocalModel local;
    private final ReleaseRecords records;
    private final ReleaseSettings settings;

    Removal(ModelStore store, SharedModels shared, LocalModel local, ReleaseRecords records, ReleaseSettings settings) {
        this.store = store;
        this.shared = shared;
        this.local = local;
        this.records = records;
        this.settings = settings;
    }

    /**
     * Deletes a version: first, and for good, in the database, then in this store; the other replicas follow.
     *
     * @throws ReleaseRefused if it is in use
     */
    void delete(String version) throws NoSuchModel, ReleaseRefused {
        if (EmbeddedModel.isEmbedded(version) || local.serves(version)) {
            throw ReleaseRefused.modelInUse();
        }
        boolean isHere = store.has(version);
        boolean exists = shared.exists(version);
        if (exists) {
            records.delete(version);
        }
        if (isHere || !exists) {
            store.delete(version);
        }
        log.info("Deleted model {}", version);
    }

    /**
     * Deletes the oldest versions beyond the number to keep, but neither the active one nor what a rollback goes back
     * to.
     */
    void retain(Activation current) {
        if (settings.keep() == 0) {
            return;
        }
        Optional<String> earlier = records.rollbackTarget(current).map(Activation::version);
        List<String> old = shared.published()
                .filter(version -> !version.equals(current.version()))
                .flatMap(version -> ModelVersion.parse(version).stream())
                .sorted(Comparator.reverseOrder())
                .skip(settings.keep())
                .map(ModelVersion::toString)
                .filter(version -> !earlier.equals(Optional.of(version)))
                .toList();
        for (String version : old) {
            try {
                delete(version);
            } catch (NoSuchModel | ReleaseRefused | RuntimeException e) {
                log.info("Keeping model {} for now. {}", version, e.getMessage());
            }
        }
    }
}
