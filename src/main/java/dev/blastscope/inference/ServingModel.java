package dev.blastscope.inference;

import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.network.ServingNetwork;
import dev.blastscope.network.ServingNetwork.Logits;
import dev.blastscope.network.ServingNetwork.Output;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.ReviewedPrediction;
import dev.blastscope.review.Reviewer;
import dev.blastscope.review.TrackRecord;
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
    private final TrackRecord trackRecord;
    private final Reviewer reviewer;
    private final int views;
    /** Read while a pass runs, written to close: native memory must not be freed under a pass. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private boolean closed;

    /**
     * @param calibration for the prevalence that the service assumes
     * @param views how many symmetries of an image a prediction averages: 1 or {@value SmearImage#SYMMETRIES}
     */
    ServingModel(
            StoredModel stored,
            ModelCard card,
            ServingNetwork network,
            Calibration calibration,
            TrackRecord trackRecord,
            ReviewSettings review,
            int views) {
        // Not the model's files: they would stay on the heap as long as the model serves.
        this.version = stored.version();
        this.digest = stored.digest();
        this.card = card;
        this.network = network;
        this.calibration = calibration;
        this.trackRecord = trackRecord;
        this.reviewer = new Reviewer(trackRecord, review);
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

    /** What the model is known by. */
    TrackRecord trackRecord() {
        return trackRecord;
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
    public List<ReviewedPrediction> predict(List<SmearImage> images) {
        return predict(images, calibration, reviewer, views);
    }

    /**
     * The same, whatever the settings say.
     *
     * @param prevalence how frequent malignant smears are, in (0, 1)
     * @param review when a person must look
     * @param views 1 or {@value SmearImage#SYMMETRIES}
     */
    public List<ReviewedPrediction> predict(
            List<SmearImage> images, double prevalence, ReviewSettings review, int views) {
        return predict(images, card.calibration().forPrevalence(prevalence), new Reviewer(trackRecord, review), views);
    }

    private List<ReviewedPrediction> predict(
            List<SmearImage> images, Calibration calibrated, Reviewer reviewing, int views) {
        List<Output> outputs = whileOpen(model -> model.outputs(images, views))
                .orElseThrow(() -> new IllegalStateException("Model " + version() + " is closed."));
        return IntStream.range(0, images.size())
                .mapToObj(i -> {
                    Output output = outputs.get(i);
                    return reviewing.review(
                            images.get(i),
                            output.features(),
                            calibrated.predict(
                                    output.logits().malignancy(),
                                    output.logits().subtype()));
                })
                .toList();
    }

    private List<Output> outputs(List<SmearImage> images, int views) {
        return views == 1
                ? network.run(images)
                : images.stream()
                        .map(image -> mean(network.run(turned(image, views))))
                        .toList();
    }

    /** The mean logits; the features of the first view, the image itself, as those of the training are of one view. */
    private static Output mean(List<Output> views) {
        return new Output(
                views.get(0).features(),
                Logits.mean(views.stream().map(Output::logits).toList()));
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
