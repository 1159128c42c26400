package dev.blastscope.inference;

import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.network.ServingNetwork;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.Prediction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * A model in memory, ready to answer: its network and how its logits are calibrated.
 *
 * <p>Safe for use by several threads until it is closed, which frees its native memory.
 */
public final class ServingModel implements AutoCloseable {

    private final String version;
    private final String digest;
    private final ModelCard card;
    private final ServingNetwork network;
    private final Calibration calibration;
    /** Read while a pass runs, written to close: native memory must not be freed under a pass. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private boolean closed;

    ServingModel(StoredModel stored, ModelCard card, ServingNetwork network, Calibration calibration) {
        // Not the model's files: they would stay on the heap as long as the model serves.
        this.version = stored.version();
        this.digest = stored.digest();
        this.card = card;
        this.network = network;
        this.calibration = calibration;
    }

    public String version() {
        return version;
    }

    public String digest() {
        return digest;
    }

    public ModelCard card() {
        return card;
    }

    /**
     * A prediction for each image, in the order of the images, from one forward pass.
     *
     * @throws IllegalStateException if the model is closed
     */
    public List<Prediction> predict(List<SmearImage> images) {
        return predict(images, calibration);
    }

    /** The same where malignant smears are as frequent as this, in (0, 1), whatever the settings say. */
    public List<Prediction> predict(List<SmearImage> images, double prevalence) {
        return predict(images, card.calibration().forPrevalence(prevalence));
    }

    private List<Prediction> predict(List<SmearImage> images, Calibration calibrated) {
        return whileOpen(model -> model.network.classify(images).stream()
                        .map(logits -> calibrated.predict(logits.malignancy(), logits.subtype()))
                        .toList())
                .orElseThrow(() -> new IllegalStateException("Model " + version() + " is closed."));
    }

    /** Applies a function to this model, and keeps it open meanwhile; empty if it is closed already. */
    <R> Optional<R> whileOpen(Function<ServingModel, R> use) {
        lock.readLock().lock();
        try {
            return closed ? Optional.empty() : Optional.of(use.apply(this));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits for the passes that run, then frees the native memory. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            network.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
