package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore.Rendition;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.OutOfFoldAnswers;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.ServingHeads;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.training.TrainingProgress.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Measures two models side by side on the images of a data set, each by answers that it gave without having learned
 * from them or their like; in the precision in which this machine serves it.
 *
 * <p>For the images that a model learned from, these are the answers of its cross-validation, which are stored with it;
 * for those of groups that are new to it, what it answers now, by its own calibration and threshold, on the features
 * that its heads know. A group counts as known to a model that learned from any image of it, so that images between the
 * two are left out.
 *
 * <p>What the backbones saw before these trainings is not looked at: a model's card says where its backbone came from.
 */
public final class ModelComparison {

    /** The stages of a comparison, in order. */
    public static final List<Stage> STAGES =
            List.of(new Stage(TrainingProgress.FEATURES, 0, false), new Stage(TrainingProgress.FEATURES, 0, false));

    private final NetworkEngine engine;
    private final ImagePreparation preparation;

    public ModelComparison(FeatureCache cache, NetworkEngine engine, ImageLimits limits) {
        this.engine = engine;
        this.preparation = new ImagePreparation(new ImageDecoder(limits), cache);
    }

    /**
     * Compares.
     *
     * @param candidate a model that notes what it was trained on
     * @param active the model that it would replace; if this one does not note what it was trained on, it answers all
     *     images now, and too well
     * @param folder a folder for each class, or a manifest
     * @param confidence of the intervals, in (0, 1), such as 0.95
     * @throws DatasetRejected if the data set cannot be used; the message says why
     * @throws InvalidWeights if a model cannot be used; the message says why
     * @throws NoSuchDevice if the network cannot run as the settings ask
     * @throws InterruptedException if the thread was interrupted
     * @throws IllegalArgumentException if the candidate does not note what it was trained on
     */
    public HeldOutComparison compare(
            StoredModel candidate, StoredModel active, Path folder, double confidence, TrainingProgress progress)
            throws DatasetRejected, InvalidWeights, NoSuchDevice, InterruptedException {
        if (candidate.files().trainedOn().isEmpty()) {
            throw new IllegalArgumentException(
                    "Model " + candidate.version() + " does not note what it was trained on");
        }
        Dataset dataset = Dataset.read(folder);
        Rendition candidates = engine.rendition(candidate);
        Rendition actives = engine.rendition(active);
        GroupedImages seenByCandidate = prepare(candidates, dataset, progress);
        GroupedImages seenByActive = prepare(actives, dataset, progress);
        if (!seenByActive.digest().equals(seenByCandidate.digest())) {
            throw new DatasetRejected("The data set changed during the comparison. Start the comparison again.");
        }
        Map<Integer, Answer> theirs = answers(candidates, seenByCandidate);
        Map<Integer, Answer> ours = answers(actives, seenByActive);
        List<Integer> both = theirs.keySet().stream().filter(ours::containsKey).toList();
        return compare(
                both.stream().map(theirs::get).toList(),
                both.stream().map(ours::get).toList(),
                theirs.size() - both.size(),
                active.files().trainedOn().isPresent(),
                confidence);
    }

    private static HeldOutComparison compare(
            List<Answer> theirs,
            List<Answer> ours,
            int knownToActive,
            boolean activeNotesItsTraining,
            double confidence) {
        GroupBootstrap bootstrap = Evaluation.bootstrap(theirs);
        ClassificationMetrics theirSides = Evaluation.outcomes(theirs);
        ClassificationMetrics ourSides = Evaluation.outcomes(ours);
        int malignant = Malignancy.MALIGNANT.ordinal();
        int benign = Malignancy.BENIGN.ordinal();
        double error = (1 - confidence) / 2;
        return new HeldOutComparison(
                HeldOutComparison.byClass(label -> ofClass(theirs, label).size()),
                HeldOutComparison.byClass(label -> (int) ofClass(theirs, label).stream()
                        .map(Answer::group)
                        .distinct()
                        .count()),
                bootstrap.groups(),
                knownToActive,
                activeNotesItsTraining,
                confidence,
                bootstrap.difference(theirSides.recall(malignant), ourSides.recall(malignant), error),
                bootstrap.difference(theirSides.recall(benign), ourSides.recall(benign), error),
                bootstrap.difference(
                        Evaluation.fourClasses(theirs).accuracy(),
                        Evaluation.fourClasses(ours).accuracy(),
                        error),
                bootstrap.difference(
                        ExpectedCalibrationError.malignancy(theirs), ExpectedCalibrationError.malignancy(ours), error));
    }

    private static List<Answer> ofClass(List<Answer> answers, SmearClass label) {
        return answers.stream().filter(answer -> answer.truth() == label).toList();
    }

    private GroupedImages prepare(Rendition model, Dataset dataset, TrainingProgress progress)
            throws InvalidWeights, NoSuchDevice, InterruptedException {
        ModelCard card = ModelEvaluation.card(model);
        return preparation.prepare(dataset, FeatureSource.of(model.files(), card, engine), progress);
    }

    /**
     * By image, in their order, what a model says without having learned from its group: what its cross-validation
     * answered where that judged the image, else what it answers now to an image whose group is new to it. A model that
     * does not note what it was trained on answers every image now.
     */
    private Map<Integer, Answer> answers(Rendition model, GroupedImages images) throws InvalidWeights, NoSuchDevice {
        Map<Integer, Answer> answers = new TreeMap<>();
        Optional<OutOfFoldAnswers> outOfFold = outOfFold(model);
        for (int image = 0; image < images.images().size() && outOfFold.isPresent(); image++) {
            int index = image;
            outOfFold
                    .get()
                    .find(images.images().get(image).image().sha256())
                    .ifPresent(row -> answers.put(
                            index,
                            Answer.of(
                                    row,
                                    images.images().get(index).label(),
                                    images.groups().groupOf().get(index))));
        }
        List<Integer> fresh = trainedOn(model).map(images::newTo).orElseGet(images::all).stream()
                .filter(image -> !answers.containsKey(image))
                .toList();
        if (!fresh.isEmpty()) {
            try (ServingHeads heads =
                    new ServingHeads(HeadWeights.read(model.files().heads()), engine.device())) {
                List<LabelledLogits> logits = images.answers(heads.classify(images.features(fresh)), fresh);
                Calibration calibration = ModelEvaluation.card(model).calibration();
                for (int i = 0; i < fresh.size(); i++) {
                    answers.put(fresh.get(i), Answer.of(logits.get(i), calibration));
                }
            }
        }
        return answers;
    }

    static Optional<OutOfFoldAnswers> outOfFold(Rendition model) throws InvalidWeights {
        try {
            return model.files().outOfFold().map(OutOfFoldAnswers::read);
        } catch (IllegalArgumentException e) {
            throw new InvalidWeights("Model " + model.version() + " cannot be compared: " + e.getMessage(), e);
        }
    }

    static Optional<TrainingImageIndex> trainedOn(Rendition model) throws InvalidWeights {
        try {
            return model.files().trainedOn().map(TrainingImageIndex::read);
        } catch (IllegalArgumentException e) {
            throw new InvalidWeights("Model " + model.version() + " cannot be compared: " + e.getMessage(), e);
        }
    }
}
