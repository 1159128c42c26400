package dev.blastscope.inference;

import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.network.ServingNetwork;
import dev.blastscope.network.ServingNetwork.LogitEvidence;
import dev.blastscope.network.ServingNetwork.Logits;
import dev.blastscope.network.ServingNetwork.Output;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.Evidence;
import dev.blastscope.prediction.Explanation;
import dev.blastscope.prediction.Prediction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;
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
        return predictions(predict(images, image -> false, calibration, views));
    }

    /**
     * The same, with explanations of some: of the very logits that the predictions are made of.
     *
     * @param explained whether an image is one of those
     */
    public List<Explained> explain(List<SmearImage> images, Predicate<SmearImage> explained) {
        return predict(images, explained, calibration, views);
    }

    /**
     * The same, whatever the settings say.
     *
     * @param prevalence how frequent malignant smears are, in (0, 1)
     * @param views 1 or {@value SmearImage#SYMMETRIES}
     */
    public List<Prediction> predict(List<SmearImage> images, double prevalence, int views) {
        return predictions(predict(images, image -> false, card.calibration().forPrevalence(prevalence), views));
    }

    private static List<Prediction> predictions(List<Explained> predictions) {
        return predictions.stream().map(Explained::prediction).toList();
    }

    private List<Explained> predict(
            List<SmearImage> images, Predicate<SmearImage> explained, Calibration calibrated, int views) {
        return whileOpen(model -> model.scores(images, explained, views).stream()
                        .map(score -> score.calibrated(calibrated))
                        .toList())
                .orElseThrow(() -> new IllegalStateException("Model " + version() + " is closed."));
    }

    private List<Score> scores(List<SmearImage> images, Predicate<SmearImage> explained, int views) {
        return views == 1
                ? network.run(images, explained).stream().map(Score::of).toList()
                : images.stream()
                        .map(image ->
                                Score.mean(network.run(turned(image, views), turned -> explained.test(image)).stream()
                                        .map(Score::of)
                                        .toList()))
                        .toList();
    }

    private static List<SmearImage> turned(SmearImage image, int views) {
        SmearImage plain = image.withoutScaleBar();
        return IntStream.range(0, views).mapToObj(plain::turned).toList();
    }

    /** A prediction, and its explanation if that was asked for. */
    public record Explained(Prediction prediction, Optional<Explanation> explanation) {}

    /** What the network says of an image, before calibration. */
    private record Score(Logits logits, Optional<LogitEvidence> evidence) {

        static Score of(Output output) {
            return new Score(output.logits(), output.evidence());
        }

        /** The mean over the views of one image, in the order of the symmetries. */
        static Score mean(List<Score> views) {
            List<LogitEvidence> unturned = IntStream.range(0, views.size())
                    .boxed()
                    .flatMap(symmetry -> views.get(symmetry).evidence.stream()
                            .map(evidence ->
                                    evidence.moved(cell -> SmearImage.unturned(symmetry, cell, Evidence.SIDE))))
                    .toList();
            return new Score(
                    Logits.mean(views.stream().map(Score::logits).toList()),
                    unturned.isEmpty() ? Optional.empty() : Optional.of(LogitEvidence.mean(unturned)));
        }

        Explained calibrated(Calibration calibration) {
            Prediction prediction = calibration.predict(logits.malignancy(), logits.subtype());
            return new Explained(
                    prediction,
                    evidence.map(each -> calibration.explain(prediction, each.malignancy(), each.subtype())));
        }
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
