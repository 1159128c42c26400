package dev.blastscope.releases;

import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.DescribedRendition;
import dev.blastscope.modelstore.ModelStore.StoredCard;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.engine.NetworkEngine;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the versions are, in the rendition that a caller asks for. */
@Component
public final class DescribedModels {

    private final ModelStore store;
    private final NetworkEngine engine;

    DescribedModels(ModelStore store, NetworkEngine engine) {
        this.store = store;
        this.engine = engine;
    }

    /**
     * Finds a rendition of a version.
     *
     * @param version a published version, or the embedded one
     * @param rendition {@code fp32} or {@code int8}; empty for the one that this service runs
     * @throws NoSuchModel if no version has this name
     * @throws DamagedModel if its cards are not what was published
     * @throws ReleaseRefused if it has no such rendition
     */
    public Described find(String version, Optional<String> rendition) throws NoSuchModel, DamagedModel, ReleaseRefused {
        StoredCard stored = store.card(version);
        Optional<Precision> asked =
                rendition.isPresent() ? rendition.flatMap(Precision::named) : Optional.of(served(stored));
        DescribedRendition found = asked.map(stored.renditions()::get)
                .orElseThrow(() -> ReleaseRefused.noSuchRendition(
                        version, rendition.orElse(""), stored.renditions().keySet()));
        return new Described(stored, found);
    }

    private Precision served(StoredCard stored) {
        try {
            return engine.fastest(stored.renditions().keySet());
        } catch (NoSuchDevice e) {
            // Nothing runs here; the readiness says why.
            return Precision.FP32;
        }
    }

    /**
     * A version, and what was asked for of it.
     *
     * @param model the version
     * @param rendition its rendition that was asked for
     */
    public record Described(StoredCard model, DescribedRendition rendition) {}
}
