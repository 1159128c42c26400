package dev.blastscope.releases;

import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelVersion;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.modelstore.StoredModel;
import dev.blastscope.refusal.Refusal;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The models that trainings publish, for all replicas under one name.
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
     * Publishes in this store and, where the replicas share models, for all of them; again under another name as long as
     * another replica was faster to publish under the one that was chosen.
     *
     * @param publication publishes in the given store
     */
    public String publish(Function<ModelStore, ModelVersion> publication) throws Refusal {
        while (true) {
            String version = publication.apply(store).toString();
            if (share(version)) {
                return version;
            }
            log.info("Another replica published a model as {}; this one gets another name.", version);
        }
    }

    /**
     * The version that a job has published, if its node was stopped before it could tell so.
     *
     * @param training the job's id, as on the model's card
     */
    public Optional<String> ofTraining(String training) throws Refusal {
        Optional<String> found = store.versions().stream()
                .map(stored -> stored.version().toString())
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

    /** Whether the name is this model's for all replicas; else it makes room for the model whose name it is. */
    private boolean share(String version) throws Refusal {
        if (!shared.areOn() || shared.share(version)) {
            return true;
        }
        store.withdraw(version);
        shared.bring(version);
        if (!shared.isHere(version)) {
            // That one was deleted, and its name goes to nobody.
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
