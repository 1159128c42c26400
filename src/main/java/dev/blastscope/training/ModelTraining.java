package dev.blastscope.training;

import ai.djl.Device;
import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.Part;
import dev.blastscope.dataset.Split;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelCard.Comparison;
import dev.blastscope.modelstore.ModelCard.DataSummary;
import dev.blastscope.modelstore.ModelCard.Temperatures;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.Freeze;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * From a data set to a candidate model that was measured honestly.
 *
 * <p>The candidate learns on the training part of a split that keeps similar images together; its validation part tells
 * when to stop and fits the temperatures, its test part is only measured. The same training is then repeated and measured
 * under a random split, which leaks, so that the leakage can be seen.
 */
public final class ModelTraining {

    private final DatasetPreparation preparation;
    private final DeviceChoice deviceChoice;
    private final ImageDecoder decoder;
    private final ModelCards cards;

    /**
     * @param software name and version of this program, for the card
     */
    public ModelTraining(FeatureCache cache, DeviceChoice deviceChoice, ImageLimits limits, String software) {
        this.deviceChoice = deviceChoice;
        this.decoder = new ImageDecoder(limits);
        this.preparation = new DatasetPreparation(decoder, cache);
        this.cards = new ModelCards(software);
    }

    /**
     * Trains.
     *
     * @param folder a folder for each class, or a manifest
     * @param backbone what the network starts from
     * @param others other backbones to be measured under the same splits, for comparison
     * @throws DatasetRejected if the data set cannot be used; the message says why
     * @throws InterruptedException if the thread was interrupted; what the cache has by then stays
     */
    public Candidate train(
            Path folder,
            StartingBackbone backbone,
            List<StartingBackbone> others,
            TrainingSettings settings,
            TrainingProgress progress)
            throws DatasetRejected, InterruptedException {
        Stopwatch watch = new Stopwatch();
        Device device = deviceChoice.device();
        Dataset dataset = Dataset.read(folder);
        GroupedImages.requireEnoughFiles(dataset);
        GroupedImages images = preparation.prepare(dataset, backbone, device, progress);
        images.requireTrainable();
        watch.lap("features");
        Split grouped = Split.grouped(images.groups().groupOf(), images.labels(), settings.seed());
        Split random = Split.random(images.labels(), settings.seed());
        Trial candidate = trial("grouped", grouped, images, learner(backbone, images, settings, device), progress);
        watch.lap("training");
        Trial leaky = trial("random", random, images, learner(backbone, images, settings, device), progress);
        watch.lap("random split");
        List<Comparison> comparisons = new ArrayList<>();
        for (StartingBackbone other : others) {
            GroupedImages theirs = preparation.prepare(dataset, other, device, progress);
            List<EvaluationFigures> figures = new ArrayList<>();
            figures.add(trial("grouped", grouped, theirs, learner(other, theirs, settings, device), progress).figures);
            figures.add(trial("random", random, theirs, learner(other, theirs, settings, device), progress).figures);
            comparisons.add(new Comparison(other.origin(), figures));
            watch.lap("comparison");
        }
        ModelCard card = cards.card(
                settings,
                candidate.learned.course(),
                backbone,
                summary(images, grouped),
                new Temperatures(
                        candidate.calibration.malignancyTemperature(), candidate.calibration.subtypeTemperature()),
                List.of(candidate.figures, leaky.figures),
                comparisons,
                watch.seconds(),
                device);
        return new Candidate(
                candidate.learned.backbone(), candidate.learned.heads().toSafetensors(), card, images.problems());
    }

    private Learner learner(StartingBackbone backbone, GroupedImages images, TrainingSettings settings, Device device) {
        return settings.freeze() == Freeze.BACKBONE
                ? new HeadTrainer(backbone, images.images(), settings, device)
                : new FineTuner(backbone, images.images(), decoder, settings, device);
    }

    private static Trial trial(
            String name, Split split, GroupedImages images, Learner learner, TrainingProgress progress)
            throws InterruptedException {
        List<Integer> validation = split.indices(Part.VALIDATION);
        List<Integer> test = split.indices(Part.TEST);
        Learner.Learned learned = learner.learn(split.indices(Part.TRAIN), validation, progress);
        Calibration calibration = Calibration.fit(images.answers(learned.logits(validation), validation));
        EvaluationFigures figures =
                new Evaluation(calibration).of(name, "test", images.answers(learned.logits(test), test));
        return new Trial(learned, calibration, figures);
    }

    private static DataSummary summary(GroupedImages images, Split split) {
        Map<String, Integer> parts = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            parts.put(part.name().toLowerCase(Locale.ROOT), split.indices(part).size());
        }
        return new DataSummary(
                images.digest(),
                images.counts(),
                parts,
                images.groups().count(),
                images.groups().exactDuplicatePairs(),
                images.groups().nearDuplicatePairs(),
                images.problems().size());
    }

    /** One training under one split, and how it did. */
    private record Trial(Learner.Learned learned, Calibration calibration, EvaluationFigures figures) {}
}
