package dev.blastscope.inference;

import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.Rendition;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.network.ImageToTensor;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.TrackRecord;
import dev.blastscope.safetensors.InvalidWeights;
import java.util.Optional;
import java.util.OptionalDouble;

/** Brings verified models from the store into memory. */
public final class ModelLoader {

    private final ModelStore store;
    private final NetworkEngine engine;
    private final OptionalDouble prevalence;
    private final ReviewSettings review;
    private final int views;

    /**
     * @param prevalence the share of malignant smears to assume, in (0, 1); empty for that which a model assumes
     * @param review when a person must look at an image
     * @param views how many symmetries of an image a prediction averages: 1 or 8
     */
    public ModelLoader(
            ModelStore store, NetworkEngine engine, OptionalDouble prevalence, ReviewSettings review, int views) {
        this.store = store;
        this.engine = engine;
        this.prevalence = prevalence;
        this.review = review;
        this.views = views;
    }

    /**
     * Loads the active model of the store or, where none is active, the embedded one.
     *
     * @throws UnusableModel if this program cannot serve it; the message says why and what to do
     */
    public ServingModel active() throws NoSuchModel, DamagedModel, UnusableModel {
        return version(store.active().orElse(EmbeddedModel.VERSION));
    }

    /**
     * Loads a version, in the fastest precision that it has and this program runs.
     *
     * @param version a published version, or the embedded one
     * @throws UnusableModel if this program cannot serve it; the message says why and what to do
     */
    public ServingModel version(String version) throws NoSuchModel, DamagedModel, UnusableModel {
        StoredModel stored = store.open(version);
        try {
            return load(stored, engine.rendition(stored));
        } catch (NoSuchDevice e) {
            throw unusable(version, e);
        }
    }

    /**
     * Loads the rendition of a version that has a digest, even if another one is faster.
     *
     * @return empty if none has it
     * @throws UnusableModel if this program cannot serve it; the message says why and what to do
     */
    public Optional<ServingModel> rendition(String version, String digest)
            throws NoSuchModel, DamagedModel, UnusableModel {
        StoredModel stored = store.open(version);
        for (Rendition rendition : stored.renditions().values()) {
            if (rendition.digest().equals(digest)) {
                return Optional.of(load(stored, rendition));
            }
        }
        return Optional.empty();
    }

    private ServingModel load(StoredModel stored, Rendition rendition) throws UnusableModel {
        try {
            ModelCard card = ModelCard.read(rendition.files().card());
            ImageToTensor.requirePreprocessing(card.preprocessing());
            Calibration calibration = card.calibration();
            return new ServingModel(
                    stored,
                    rendition,
                    card,
                    engine.network(rendition.files(), card),
                    prevalence.isPresent() ? calibration.forPrevalence(prevalence.getAsDouble()) : calibration,
                    TrackRecord.of(rendition.files(), card),
                    review,
                    views);
        } catch (InvalidWeights | IllegalArgumentException | NoSuchDevice e) {
            throw unusable(stored.version(), e);
        }
    }

    private static UnusableModel unusable(String version, Exception e) {
        return new UnusableModel("Model " + version + " cannot be served: " + e.getMessage());
    }
}
