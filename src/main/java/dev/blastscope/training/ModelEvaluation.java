package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.Exclusion;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.ImageToTensor;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.ServingHeads;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.safetensors.InvalidWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Measures a stored model on all images of a data set. */
public final class ModelEvaluation {

    private final NetworkEngine engine;
    private final ImagePreparation preparation;

    public ModelEvaluation(FeatureCache cache, NetworkEngine engine, ImageLimits limits) {
        this.engine = engine;
        this.preparation = new ImagePreparation(new ImageDecoder(limits), cache);
    }

    /**
     * Measures.
     *
     * @param folder a folder for each class, or a manifest
     * @throws DatasetRejected if the data set cannot be used; the message says why
     * @throws InvalidWeights if the model cannot; the message says why
     * @throws NoSuchDevice if the network cannot run as the settings ask
     * @throws InterruptedException if the thread was interrupted
     */
    public Result evaluate(StoredModel model, Path folder, TrainingProgress progress)
            throws DatasetRejected, InvalidWeights, NoSuchDevice, InterruptedException {
        ModelCard card = card(model);
        GroupedImages images =
                preparation.prepare(Dataset.read(folder), FeatureSource.of(model.files(), card, engine), progress);
        images.inspection().requireAny();
        List<Integer> all = IntStream.range(0, images.images().size()).boxed().toList();
        try (ServingHeads heads =
                new ServingHeads(HeadWeights.read(model.files().heads()), engine.device())) {
            return new Result(
                    Evaluation.of(
                            "no",
                            "all images",
                            images.answers(heads.classify(images.features(all)), all),
                            card.calibration()),
                    images.digest().equals(card.data().digest()),
                    images.problems());
        }
    }

    /** The card of a model, once it is known that this program prepares images as the model expects them. */
    static ModelCard card(StoredModel model) throws InvalidWeights {
        try {
            ModelCard card = ModelCard.read(model.files().card());
            ImageToTensor.requirePreprocessing(card.preprocessing());
            return card;
        } catch (InvalidWeights | IllegalArgumentException e) {
            throw new InvalidWeights("Model " + model.version() + " cannot be measured: " + e.getMessage(), e);
        }
    }

    /**
     * What was measured.
     *
     * @param figures over all images that could be used
     * @param trainedOnThese whether this is the very data set that the model was trained on
     * @param problems what could not be used, and why
     */
    public record Result(EvaluationFigures figures, boolean trainedOnThese, List<Exclusion> problems) {

        public Result {
            problems = List.copyOf(problems);
        }
    }
}
