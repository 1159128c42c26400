package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.ServingHeads;
import dev.blastscope.network.ServingNetwork.Logits;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.training.TrainingProgress.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Measures two models side by side on the images of a data set that neither has learned from.
 *
 * <p>A group of similar images counts as known to a model that learned from any one of them, so that on the data set
 * that a model was trained on, its own test part is left, less the groups that the other model knows. Each model is
 * measured on the features that its heads know and with its own temperatures, which take seconds once the features are
 * cached.
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
     * @param active the model that it would replace; if this one does not note what it was trained on, all images that
     *     are new to the candidate are taken
     * @param folder a folder for each class, or a manifest
     * @throws DatasetRejected if the data set cannot be used; the message says why
     * @throws InvalidWeights if a model cannot be used; the message says why
     * @throws NoSuchDevice if the network cannot run as the settings ask
     * @throws InterruptedException if the thread was interrupted
     * @throws IllegalArgumentException if the candidate does not note what it was trained on
     */
    public HeldOutComparison compare(StoredModel candidate, StoredModel active, Path folder, TrainingProgress progress)
            throws DatasetRejected, InvalidWeights, NoSuchDevice, InterruptedException {
        TrainingImageIndex theirs = trainedOn(candidate)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Model " + candidate.version() + " does not note what it was trained on"));
        Optional<TrainingImageIndex> ours = trainedOn(active);
        Dataset dataset = Dataset.read(folder);
        GroupedImages seenByCandidate = prepare(candidate, dataset, progress);
        GroupedImages seenByActive = prepare(active, dataset, progress);
        if (!seenByActive.digest().equals(seenByCandidate.digest())) {
            throw new DatasetRejected("The data set changed during the comparison. Start the comparison again.");
        }
        List<Integer> newToCandidate = seenByCandidate.newTo(theirs);
        List<Integer> newToActive = ours.map(seenByCandidate::newTo).orElse(newToCandidate);
        List<Integer> heldOut =
                newToCandidate.stream().filter(newToActive::contains).toList();
        return compare(
                answers(candidate, seenByCandidate, heldOut),
                answers(active, seenByActive, heldOut),
                newToCandidate.size() - heldOut.size(),
                ours.isPresent());
    }

    private static HeldOutComparison compare(
            Answers candidate, Answers active, int knownToActive, boolean activeNotesItsTraining) {
        List<LabelledLogits> theirs = candidate.images();
        List<LabelledLogits> ours = active.images();
        GroupBootstrap bootstrap = Evaluation.bootstrap(theirs);
        ClassificationMetrics theirSides = candidate.malignancy();
        ClassificationMetrics ourSides = active.malignancy();
        int malignant = Malignancy.MALIGNANT.ordinal();
        int benign = Malignancy.BENIGN.ordinal();
        return new HeldOutComparison(
                HeldOutComparison.count(
                        theirs.stream().map(LabelledLogits::truth).toList()),
                bootstrap.groups(),
                knownToActive,
                activeNotesItsTraining,
                bootstrap.difference(theirSides.recall(malignant), ourSides.recall(malignant)),
                bootstrap.difference(theirSides.recall(benign), ourSides.recall(benign)),
                bootstrap.difference(
                        Evaluation.fourClasses(theirs).accuracy(),
                        Evaluation.fourClasses(ours).accuracy()),
                bootstrap.difference(candidate.calibrationError(), active.calibrationError()));
    }

    private GroupedImages prepare(StoredModel model, Dataset dataset, TrainingProgress progress)
            throws InvalidWeights, NoSuchDevice, InterruptedException {
        ModelCard card = ModelEvaluation.card(model);
        return preparation.prepare(dataset, FeatureSource.of(model.files(), card, engine), progress);
    }

    private Answers answers(StoredModel model, GroupedImages images, List<Integer> heldOut)
            throws InvalidWeights, NoSuchDevice {
        try (ServingHeads heads =
                new ServingHeads(HeadWeights.read(model.files().heads()), engine.device())) {
            List<Logits> logits = heldOut.isEmpty() ? List.of() : heads.classify(images.features(heldOut));
            return new Answers(
                    images.answers(logits, heldOut),
                    ModelEvaluation.card(model).calibration().malignancy());
        }
    }

    static Optional<TrainingImageIndex> trainedOn(StoredModel model) throws InvalidWeights {
        try {
            return model.files().trainedOn().map(TrainingImageIndex::read);
        } catch (IllegalArgumentException e) {
            throw new InvalidWeights("Model " + model.version() + " cannot be compared: " + e.getMessage(), e);
        }
    }

    /** What one model said of the images. */
    private record Answers(List<LabelledLogits> images, double temperature) {

        ClassificationMetrics malignancy() {
            return HeadLogits.ofMalignancy(images)
                    .classification(List.of(Malignancy.BENIGN.name(), Malignancy.MALIGNANT.name()));
        }

        GroupBootstrap.Metric calibrationError() {
            return ExpectedCalibrationError.of(HeadLogits.ofMalignancy(images), temperature);
        }
    }
}
