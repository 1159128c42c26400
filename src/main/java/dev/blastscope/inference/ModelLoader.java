package dev.blastscope.inference;

import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.InvalidWeights;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.modelstore.StoredModel;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.FoldedNetwork;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.ImageToTensor;
import java.util.Optional;

/** Brings verified models from the store into memory. */
public final class ModelLoader {

    private final ModelStore store;
    private final DeviceChoice device;

    public ModelLoader(ModelStore store, DeviceChoice device) {
        this.store = store;
        this.device = device;
    }

    /**
     * Loads the active model of the store or, where none is active, the embedded one.
     *
     * @throws UnusableModel if it cannot be served; the message says why and what to do
     */
    public ServingModel active() throws UnusableModel {
        try {
            Optional<String> active = store.active();
            return active.isPresent() ? version(active.get()) : version(EmbeddedModel.VERSION);
        } catch (DamagedModel e) {
            throw new UnusableModel(e);
        }
    }

    /**
     * Loads a version.
     *
     * @param version a version of the store, or {@link EmbeddedModel#VERSION}
     * @throws UnusableModel if it cannot be served; the message says why and what to do
     */
    public ServingModel version(String version) throws UnusableModel {
        try {
            StoredModel stored = version.equals(EmbeddedModel.VERSION) ? EmbeddedModel.open() : store.open(version);
            ModelCard card = ModelCard.read(stored.files().card());
            if (!card.preprocessing().equals(ImageToTensor.PREPROCESSING)) {
                throw new UnusableModel("Model " + version + " was trained with the preprocessing "
                        + card.preprocessing() + ", but this program prepares images by " + ImageToTensor.PREPROCESSING
                        + ". Serve it with the program it was trained with, or train it again.");
            }
            return new ServingModel(
                    stored,
                    card,
                    new FoldedNetwork(
                            BackboneWeights.read(stored.files().backbone()),
                            HeadWeights.read(stored.files().heads()),
                            device.device()));
        } catch (NoSuchModel | DamagedModel e) {
            throw new UnusableModel(e);
        } catch (InvalidWeights | IllegalArgumentException e) {
            throw new UnusableModel("Model " + version + " cannot be served: " + e.getMessage());
        }
    }
}
