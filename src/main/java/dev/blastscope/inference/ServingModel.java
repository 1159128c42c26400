package dev.blastscope.inference;

import dev.blastscope.diagnosis.Diagnosis;
import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.StoredModel;
import dev.blastscope.network.FoldedNetwork;
import java.util.List;

/**
 * A model in memory, ready to answer: its network and how its logits are calibrated.
 *
 * <p>Safe for use by several threads until it is closed, which frees its native memory.
 */
public final class ServingModel implements AutoCloseable {

    private final StoredModel stored;
    private final ModelCard card;
    private final FoldedNetwork network;
    private final LogitsToDiagnosis calibrated;

    ServingModel(StoredModel stored, ModelCard card, FoldedNetwork network) {
        this.stored = stored;
        this.card = card;
        this.network = network;
        this.calibrated = new LogitsToDiagnosis(card.calibration());
    }

    public String version() {
        return stored.version();
    }

    public String digest() {
        return stored.digest();
    }

    public ModelCard card() {
        return card;
    }

    /** A diagnosis for each image, in the images' order, from one forward pass. */
    public List<Diagnosis> diagnose(List<SmearImage> images) {
        return network.classify(images).stream().map(calibrated::diagnosis).toList();
    }

    @Override
    public void close() {
        network.close();
    }
}
