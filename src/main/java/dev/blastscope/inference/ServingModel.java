package dev.blastscope.inference;

import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore.Rendition;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.network.ServingNetwork;
import dev.blastscope.network.ServingNetwork.LogitEvidence;
import dev.blastscope.network.ServingNetwork.Logits;
import dev.blastscope.network.ServingNetwork.Output;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.Evidence;
import dev.blastscope.prediction.Explanation;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.review.CaseReview;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.ReviewedPrediction;
import dev.blastscope.review.Reviewer;
import dev.blastscope.review.TrackRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model in memory, ready to answer: its network and how its logits are calibrated.
 *
 * <p>Safe for use by several threads until it is closed, which frees its native memory.
 */
public final class ServingModel implements AutoCloseable {

    private final ModelIdentity identity;
    private final String versionDigest;
    private final Map<Precision, String> renditions;
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
     * @param rendition what is served of it
     * @param calibration for the prevalence that the service assumes
     * @param views how many symmetries of an image a prediction averages: 1 or {@value SmearImage#SYMMETRIES}
     */
    ServingModel(
            StoredModel stored,
            Rendition rendition,
            ModelCard card,
            ServingNetwork network,
            Calibration calibration,
            TrackRecord trackRecord,
            ReviewSettings review,
            int views) {
        // Not the model's files: they would stay on the heap as long as the model serves.
        this.identity = new ModelIdentity(rendition.version(), rendition.precision(), rendition.digest());
        this.versionDigest = stored.digest();
        this.renditions = stored.renditions().values().stream()
                .collect(Collectors.toMap(Rendition::precision, Rendition::digest));
        this.card = card;
        this.network = network;
        this.calibration = calibration;
        this.trackRecord = trackRecord;
        this.reviewer = new Reviewer(trackRecord, review);
        this.views = views;
    }

    /** What its answers name. */
    public ModelIdentity identity() {
        return identity;
    }

    public String version() {
        return identity.version();
    }

    /** The digest of all files of the version, whatever the precision: what replicas agree on. */
    public String versionDigest() {
        return versionDigest;
    }

    /** The digest of the version in each precision that it has. */
    public Map<Precision, String> renditions() {
        return renditions;
    }

    /** The digest of the version in the precision that is served. */
    public String digest() {
        return identity.digest();
    }

    public ModelCard card() {
        return card;
    }

    /** What the model is known by. */
    TrackRecord trackRecord() {
        return trackRecord;
    }

    /** How it judges what may be believed. */
    Reviewer reviewer() {
        return reviewer;
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
        return predictions(score(images, image -> false));
    }

    /**
     * Passes images through the network; what is left to do for a prediction needs neither the network nor this model
     * to stay open, and can be done on another thread.
     *
     * @param explained whether an image's prediction is to be explained
     */
    List<Scored> score(List<SmearImage> images, Predicate<SmearImage> explained) {
        return score(images, explained, calibration, reviewer, views);
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
        return predictions(score(
                images,
                image -> false,
                card.calibration().forPrevalence(prevalence),
                new Reviewer(trackRecord, review),
                views));
    }

    /**
     * Reviews the fields of one slide together.
     *
     * @param fields predictions of this model
     * @param refused how many fields there are besides that could not be predicted
     */
    CaseReview reviewCase(List<ReviewedPrediction> fields, int refused) {
        return reviewer.reviewCase(fields, refused);
    }

    private static List<ReviewedPrediction> predictions(List<Scored> scored) {
        return scored.stream().map(each -> each.predict().reviewed()).toList();
    }

    private List<Scored> score(
            List<SmearImage> images,
            Predicate<SmearImage> explained,
            Calibration calibrated,
            Reviewer reviewing,
            int views) {
        List<Score> scores = whileOpen(model -> model.scores(images, explained, views))
                .orElseThrow(() -> new IllegalStateException("Model " + version() + " is closed."));
        return IntStream.range(0, images.size())
                .mapToObj(i -> new Scored(images.get(i), scores.get(i), calibrated, reviewing))
                .toList();
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

    /** An image that passed through the network. */
    static final class Scored {

        private final SmearImage image;
        private final Score score;
        private final Calibration calibration;
        private final Reviewer reviewer;

        private Scored(SmearImage image, Score score, Calibration calibration, Reviewer reviewer) {
            this.image = image;
            this.score = score;
            this.calibration = calibration;
            this.reviewer = reviewer;
        }

        /** The prediction and its review. */
        Explained predict() {
            Prediction prediction = calibration.predict(score.logits.malignancy(), score.logits.subtype());
            return new Explained(
                    reviewer.review(image, score.features, prediction),
                    score.evidence.map(each -> calibration.explain(prediction, each.malignancy(), each.subtype())));
        }
    }

    /** A prediction, and its explanation if that was asked for. */
    record Explained(ReviewedPrediction reviewed, Optional<Explanation> explanation) {}

    /** What the network says of an image, before calibration. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on and never compared.
    private record Score(float[] features, Logits logits, Optional<LogitEvidence> evidence) {

        static Score of(Output output) {
            return new Score(output.features(), output.logits(), output.evidence());
        }

        /**
         * The mean over the views of one image, in the order of the symmetries; with the features of the first view,
         * the image itself, as those of the training are of one view.
         */
        static Score mean(List<Score> views) {
            List<LogitEvidence> unturned = IntStream.range(0, views.size())
                    .boxed()
                    .flatMap(symmetry -> views.get(symmetry).evidence.stream()
                            .map(evidence ->
                                    evidence.moved(cell -> SmearImage.unturned(symmetry, cell, Evidence.SIDE))))
                    .toList();
            return new Score(
                    views.get(0).features,
                    Logits.mean(views.stream().map(Score::logits).toList()),
                    unturned.isEmpty() ? Optional.empty() : Optional.of(LogitEvidence.mean(unturned)));
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
