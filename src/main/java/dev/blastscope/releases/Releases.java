package dev.blastscope.releases;

import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.NoSuchModel;
import org.springframework.stereotype.Component;

/** The versions that were let answer, one after the other. */
@Component
public final class Releases {

    private final ModelStore store;

    Releases(ModelStore store) {
        this.store = store;
    }

    /**
     * Lets a published version answer from now on.
     *
     * @param why in words, for the record
     * @throws NoSuchModel if there is no such version
     * @throws DamagedModel if its files are not what was published
     */
    public void activate(String version, String why) throws NoSuchModel, DamagedModel {
        store.activate(version);
    }
}
