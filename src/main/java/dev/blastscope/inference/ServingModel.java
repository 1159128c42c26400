package dev.blastscope.inference;

import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.network.ServingNetwork;
import dev.blastscope.network.ServingNetwork.Logits;
import dev.blastscope.network.ServingNetwork.Output;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.Prediction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.IntStream;

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
    private final int views;
    /** Read while a pass runs, written to close: native memory must not be freed under a pass. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private boolean closed;

    ServingModel(StoredModel stored, ModelCard card, ServingNetwork network, Calibration calibration, int views) {
        // Not the model's files: they would stay on the heap as long as the model serves.
        this.version = stored.version();
        this.digest = stored.digest();
        this.card = card;
        this.network = network;
        this.calibration = calibration;
        this.views = views;
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

    /** How many symmetries of an image a prediction averages: 1, the image alone, or all. */
    public int views() {
        return views;
    }

    /**
     * A prediction for each image, in the order of the images.
     *
     * @throws IllegalStateException if the model is closed
     */
    public List<Prediction> predict(List<SmearImage> images) {
        return predict(images, calibration, views);
    }

    /**
     * The same, whatever the settings say.
     *
     * @param prevalence how frequent malignant smears are, in (0, 1)
     * @param views 1 or {@value SmearImage#SYMMETRIES}
     */
    public List<Prediction> predict(List<SmearImage> images, double prevalence, int views) {
        return predict(images, card.calibration().forPrevalence(prevalence), views);
    }

    private List<Prediction> predict(List<SmearImage> images, Calibration calibrated, int views) {
        return whileOpen(model -> model.logits(images, views).stream()
                        .map(logits -> calibrated.predict(logits.malignancy(), logits.subtype()))
                        .toList())
                .orElseThrow(() -> new IllegalStateException("Model " + version() + " is closed."));
    }

    private List<Logits> logits(List<SmearImage> images, int views) {
        return views == 1
                ? network.run(images).stream().map(Output::logits).toList()
                : images.stream()
                        .map(image -> Logits.mean(network.run(turned(image, views)).stream()
                                .map(Output::logits)
                                .toList()))
                        .toList();
    }

    private static List<SmearImage> turned(SmearImage image, int views) {
        SmearImage plain = image.withoutScaleBar();
        return IntStream.range(0, views).mapToObj(plain::turned).toList();
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
