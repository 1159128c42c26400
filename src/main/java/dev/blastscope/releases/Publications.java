package dev.blastscope.releases;

import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.ModelVersion;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.refusal.Refusal;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Publishes the models of trainings, for all replicas under one name.
 *
 * <p>Safe for use by any number of threads and replicas, of which one works on a training at a time.
 */
@Component
public final class Publications {

    private static final Logger log = LoggerFactory.getLogger(Publications.class);

    private final ModelStore store;
    private final SharedModels shared;

    Publications(ModelStore store, SharedModels shared) {
        this.store = store;
        this.shared = shared;
    }

    /**
     * Publishes in this store and, where the replicas share models, for all of them; under another name if another
     * replica has published a different model under the chosen one in the meantime.
     *
     * @param publication publishes in the given store
     */
    public String publish(Function<ModelStore, ModelVersion> publication) throws Refusal {
        while (true) {
            String version = publication.apply(store).toString();
            if (share(version)) {
                return version;
            }
            log.info("Another replica has published a model as {}; this one gets another name", version);
        }
    }

    /**
     * The version that a job has published, if its node was stopped before it could record that.
     *
     * @param training the job's id, as on the model's card
     */
    public Optional<String> ofTraining(String training) throws Refusal {
        Optional<String> found = store.versions().stream()
                .map(ModelStore.StoredVersion::version)
                .filter(version -> isOf(training, version))
                .findFirst();
        return found.isPresent() && share(found.get()) ? found : Optional.empty();
    }

    /**
     * Reads and verifies a version, which is brought into this store if another replica published it.
     *
     * @throws NoSuchModel if no replica has it
     * @throws DamagedModel if any of its files is not what was published
     */
    public StoredModel open(String version) throws NoSuchModel, DamagedModel {
        shared.bring(version);
        return store.open(version);
    }

    /** Whether all replicas have this model under this name; if not, the name is freed for the model that has it. */
    private boolean share(String version) throws Refusal {
        if (shared.share(version)) {
            return true;
        }
        store.withdraw(version);
        shared.bring(version);
        if (!store.has(version)) {
            // The other model was deleted, and its name is not given again.
            store.reserve(version);
        }
        return false;
    }

    private boolean isOf(String training, String version) {
        try {
            return store.card(version).card().training().equals(Optional.of(training));
        } catch (NoSuchModel | DamagedModel e) {
            return false;
        }
    }
}
