package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.Split;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.ServingHeads;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.network.onnx.QuantisedBackbone;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.training.TrainingProgress.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From a model and a few images of a site to a candidate whose heads know that site too.
 *
 * <p>The backbone and the temperatures stay. About a third of the local images is held out, in whole groups; both
 * models are measured on it and, where the original data set is at hand, on what of that is new to both, so that
 * forgetting is seen.
 */
public final class ModelAdaptation {

    private final NetworkEngine engine;
    private final ImagePreparation preparation;
    private final ModelCards cards;

    /** @param software name and version of this program, for the card */
    public ModelAdaptation(FeatureCache cache, NetworkEngine engine, ImageLimits limits, String software) {
        this.engine = engine;
        this.preparation = new ImagePreparation(new ImageDecoder(limits), cache);
        this.cards = new ModelCards(software);
    }

    /**
     * The stages of an adaptation, in order.
     *
     * @param original whether forgetting is measured on another data set
     */
    public List<Stage> stages(TrainingSettings settings, boolean original) {
        Stage features = new Stage(TrainingProgress.FEATURES, 0, false);
        Stage adaptation = new Stage(TrainingProgress.ADAPTATION, settings.epochs(), true);
        return original ? List.of(features, adaptation, features) : List.of(features, adaptation);
    }

    /**
     * Adapts.
     *
     * @param active the model to start from
     * @param local the images of the site: a folder for each class, or a manifest
     * @param original the data set that the model was trained on, to see what is forgotten
     * @param settings seed, epochs, batch and learning rate count
     * @param l2spStrength the weight of staying near the start
     * @throws DatasetRejected if a data set cannot be used; the message says why
     * @throws InvalidWeights if the model cannot be used; the message says why
     * @throws NoSuchDevice if the network cannot run as the settings ask
     * @throws InterruptedException if the thread was interrupted
     */
    public Candidate adapt(
            StoredModel active,
            Path local,
            Optional<Path> original,
            TrainingSettings settings,
            float l2spStrength,
            TrainingProgress progress)
            throws DatasetRejected, InvalidWeights, NoSuchDevice, InterruptedException {
        ModelCards.Stopwatch watch = new ModelCards.Stopwatch();
        ModelCard card = ModelEvaluation.card(active);
        FeatureSource source = FeatureSource.of(active.files(), card, engine);
        GroupedImages images = preparation.prepare(Dataset.read(local), source, progress);
        images.inspection().requireAny();
        watch.lap("features");
        Split split = Split.heldOut(images.groups().groupOf(), images.labels(), settings.seed());
        List<Integer> train = split.indices(Split.Part.TRAIN);
        TrainingImageIndex before = ModelComparison.trainedOn(active).orElseGet(() -> TrainingImageIndex.of(List.of()));
        TrainingImageIndex after = union(before, images, train);
        List<Integer> test = images.newTo(after);
        if (test.isEmpty()) {
            throw new DatasetRejected(
                    "No image can be held out to measure the adaptation: all are of one group, or the active"
                            + " model learned from them. Add images of other slides or patients.");
        }
        HeadWeights start = HeadWeights.read(active.files().heads());
        HeadWeights adapted =
                new HeadAdapter(images.images(), settings, l2spStrength, engine.device()).adapt(start, train, progress);
        watch.lap("adaptation");
        Measure measure = new Measure(card, start, adapted);
        List<EvaluationFigures> figures = new ArrayList<>(measure.of("local", images, test));
        if (original.isPresent()) {
            GroupedImages theirs = preparation.prepare(Dataset.read(original.get()), source, progress);
            figures.addAll(measure.of("original", theirs, theirs.newTo(after)));
            watch.lap("original data set");
        }
        return new Candidate(
                active.files().backbone(),
                adapted.toSafetensors(),
                QuantisedBackbone.of(active.files(), card),
                after,
                Optional.empty(),
                cards.adapted(
                        card,
                        described(active, settings, l2spStrength),
                        images.summary(Map.of("train", train.size(), "validation", 0, "test", test.size())),
                        figures,
                        watch.seconds(),
                        engine.device()),
                images.problems());
    }

    private static TrainingImageIndex union(TrainingImageIndex before, GroupedImages images, List<Integer> train) {
        TrainingImageIndex local = TrainingImageIndex.of(images.hashes(train));
        return new TrainingImageIndex(Stream.of(before, local)
                .flatMap(model -> model.images().stream())
                .collect(Collectors.toSet()));
    }

    private static Map<String, Object> described(StoredModel active, TrainingSettings settings, float l2spStrength) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("adaptedFrom", active.version());
        values.put("seed", settings.seed());
        values.put("optimizer", "Adam");
        values.put("epochs", settings.epochs());
        values.put("batch", settings.batch());
        values.put("learningRate", settings.learningRate());
        values.put("l2spStrength", l2spStrength);
        values.put("classWeights", "balanced");
        return values;
    }

    /** The heads as they were and as they are, on the same features and with the same temperatures. */
    private final class Measure {

        private final Calibration calibration;
        private final HeadWeights start;
        private final HeadWeights adapted;

        Measure(ModelCard card, HeadWeights start, HeadWeights adapted) {
            this.calibration = card.calibration();
            this.start = start;
            this.adapted = adapted;
        }

        /** After and before; nothing where there is no image to measure on. */
        List<EvaluationFigures> of(String where, GroupedImages images, List<Integer> test) throws NoSuchDevice {
            return test.isEmpty()
                    ? List.of()
                    : List.of(
                            of(where + " test, adapted", adapted, images, test),
                            of(where + " test, before", start, images, test));
        }

        private EvaluationFigures of(String part, HeadWeights weights, GroupedImages images, List<Integer> test)
                throws NoSuchDevice {
            try (ServingHeads heads = new ServingHeads(weights, engine.device())) {
                return Evaluation.of(
                        "grouped", part, images.answers(heads.classify(images.features(test)), test), calibration);
            }
        }
    }
}
