package dev.blastscope.inference;

import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.network.ImageToTensor;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.TrackRecord;
import dev.blastscope.safetensors.InvalidWeights;
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
     * Loads a version.
     *
     * @param version a published version, or the embedded one
     * @throws UnusableModel if this program cannot serve it; the message says why and what to do
     */
    public ServingModel version(String version) throws NoSuchModel, DamagedModel, UnusableModel {
        try {
            StoredModel stored = store.open(version);
            ModelCard card = ModelCard.read(stored.files().card());
            ImageToTensor.requirePreprocessing(card.preprocessing());
            Calibration calibration = card.calibration();
            return new ServingModel(
                    stored,
                    card,
                    engine.network(stored.files(), card),
                    prevalence.isPresent() ? calibration.forPrevalence(prevalence.getAsDouble()) : calibration,
                    TrackRecord.of(stored.files(), card),
                    review,
                    views);
        } catch (InvalidWeights | IllegalArgumentException | NoSuchDevice e) {
            throw new UnusableModel("Model " + version + " cannot be served: " + e.getMessage());
        }
    }
}
