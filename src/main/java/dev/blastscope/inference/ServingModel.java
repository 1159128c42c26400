package dev.blastscope.inference;

import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.network.ServingNetwork;
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
    private final LogitsToPrediction calibrated;
    /** Read while a pass runs, written to close: native memory must not be freed under a pass. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private boolean closed;

    ServingModel(StoredModel stored, ModelCard card, ServingNetwork network) {
        // Not the model's files: they would stay on the heap as long as the model serves.
        this.version = stored.version();
        this.digest = stored.digest();
        this.card = card;
        this.network = network;
        this.calibrated = new LogitsToPrediction(card.calibration());
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
     * A diagnosis for each image, in the images' order, from one forward pass.
     *
     * @throws IllegalStateException if the model is closed
     */
    public List<Prediction> diagnose(List<SmearImage> images) {
        return whileOpen(model -> model.network.classify(images).stream()
                        .map(calibrated::diagnosis)
                        .toList())
                .orElseThrow(() -> new IllegalStateException("Model " + version() + " is closed."));
    }

    /** What the use of this model gives, which is not closed meanwhile; empty, without a use, if it is closed. */
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
