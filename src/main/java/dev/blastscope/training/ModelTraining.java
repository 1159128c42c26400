package dev.blastscope.training;

import ai.djl.Device;
import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.Split;
import dev.blastscope.dataset.SplitPart;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelCard.Comparison;
import dev.blastscope.modelstore.ModelCard.DataSummary;
import dev.blastscope.modelstore.ModelCard.FeatureEngine;
import dev.blastscope.modelstore.ModelCard.PrecisionComparison;
import dev.blastscope.modelstore.ModelCard.Temperatures;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.Freeze;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.network.engine.Precision;
import dev.blastscope.network.onnx.QuantisedBackbone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * From a data set to a candidate model that was measured honestly.
 *
 * <p>The candidate learns on the training part of a split that keeps similar images together; its validation part tells
 * when to stop and fits the temperatures, its test part is only measured. The same training is then repeated and measured
 * under a random split, which leaks, so that the leakage can be seen.
 */
public final class ModelTraining {

    private final DatasetPreparation preparation;
    private final NetworkEngine engine;
    private final Precision precision;
    private final ImageReader reader;
    private final Quantiser quantiser;
    private final ModelCards cards;

    /**
     * @param precision the numbers in which a frozen backbone computes
     * @param software name and version of this program, for the card
     */
    public ModelTraining(
            FeatureCache cache, NetworkEngine engine, Precision precision, ImageLimits limits, String software) {
        this.engine = engine;
        this.precision = precision;
        ImageDecoder decoder = new ImageDecoder(limits);
        this.reader = new ImageReader(decoder);
        this.quantiser = new Quantiser(reader, cache);
        this.preparation = new DatasetPreparation(decoder, cache);
        this.cards = new ModelCards(software);
    }

    /** Trains a candidate that is to be compared with no other model. */
    public Candidate train(
            Path folder,
            StartingBackbone backbone,
            List<StartingBackbone> others,
            TrainingSettings settings,
            TrainingProgress progress)
            throws DatasetRejected, NoSuchDevice, InterruptedException {
        return train(folder, backbone, others, settings, Optional.empty(), progress);
    }

    /**
     * Trains.
     *
     * @param folder a folder for each class, or a manifest
     * @param backbone what the network starts from
     * @param others other backbones to be measured under the same splits, for comparison
     * @param active what the model learned from that the candidate is to be compared with: the test part is then filled
     *     from what is new to that model, see {@link Split#grouped(List, List, long, java.util.Set)}
     * @throws DatasetRejected if the data set cannot be used; the message says why
     * @throws NoSuchDevice if the network cannot run, or not in 8 bits, as the settings ask
     * @throws InterruptedException if the thread was interrupted; what the cache has by then stays
     */
    public Candidate train(
            Path folder,
            StartingBackbone backbone,
            List<StartingBackbone> others,
            TrainingSettings settings,
            Optional<TrainingImageIndex> active,
            TrainingProgress progress)
            throws DatasetRejected, NoSuchDevice, InterruptedException {
        Stopwatch watch = new Stopwatch();
        Device device = engine.device();
        boolean tries8Bits = tries8Bits(settings);
        Dataset dataset = Dataset.read(folder);
        GroupedImages.requireEnoughFiles(dataset);
        GroupedImages images = preparation.prepare(dataset, FeatureSource.of(backbone, engine), progress);
        images.requireTrainable();
        watch.lap("features");
        Split grouped = Split.grouped(
                images.groups().groupOf(),
                images.labels(),
                settings.seed(),
                active.map(images::knownTo).orElse(Set.of()));
        Split random = Split.random(images.labels(), settings.seed());
        SplitEvaluation candidate =
                SplitEvaluation.of("grouped", grouped, images, learner(backbone, images, settings, device), progress);
        watch.lap("training");
        Optional<QuantisedBackbone> quantised = Optional.empty();
        Optional<PrecisionComparison> precisions = Optional.empty();
        if (tries8Bits) {
            QuantisedBackbone in8Bits = quantiser.quantise(
                    backbone, images.images(), grouped.indices(SplitPart.TRAIN), settings.seed(), progress);
            GroupedImages rounded = again(dataset, images, FeatureSource.of(in8Bits, engine), progress);
            watch.lap("features in 8 bits");
            SplitEvaluation trial = SplitEvaluation.of(
                    "grouped", grouped, rounded, learner(backbone, rounded, settings, device), progress);
            PrecisionComparison comparison = PrecisionCheck.of(candidate.validation(), trial.validation());
            precisions = Optional.of(comparison);
            if (comparison.passed() || precision == Precision.INT8) {
                quantised = Optional.of(in8Bits);
                candidate = trial;
                images = rounded;
            }
            watch.lap("training in 8 bits");
        }
        SplitEvaluation leaky =
                SplitEvaluation.of("random", random, images, learner(backbone, images, settings, device), progress);
        watch.lap("random split");
        List<Comparison> comparisons = new ArrayList<>();
        for (StartingBackbone other : others) {
            GroupedImages theirs = again(dataset, images, FeatureSource.of(other, engine), progress);
            List<EvaluationFigures> figures = new ArrayList<>();
            figures.add(
                    SplitEvaluation.of("grouped", grouped, theirs, learner(other, theirs, settings, device), progress)
                            .test());
            figures.add(SplitEvaluation.of("random", random, theirs, learner(other, theirs, settings, device), progress)
                    .test());
            comparisons.add(new Comparison(other.origin(), figures));
            watch.lap("comparison");
        }
        ModelCard card = cards.card(
                settings,
                candidate.learned().course(),
                backbone,
                summary(images, grouped),
                new Temperatures(
                        candidate.calibration().malignancyTemperature(),
                        candidate.calibration().subtypeTemperature()),
                List.of(candidate.test(), leaky.test()),
                comparisons,
                watch.seconds(),
                device,
                featureEngine(settings, quantised),
                precisions,
                candidate.confidences(),
                active.isPresent());
        return new Candidate(
                candidate.learned().backbone(),
                candidate.learned().heads().toSafetensors(),
                quantised,
                trainedOn(images, grouped),
                card,
                images.problems());
    }

    /** The same images with other features; the splits count on their order. */
    private GroupedImages again(Dataset dataset, GroupedImages images, FeatureSource source, TrainingProgress progress)
            throws DatasetRejected, NoSuchDevice, InterruptedException {
        GroupedImages again = preparation.prepare(dataset, source, progress);
        if (!again.digest().equals(images.digest())) {
            throw new DatasetRejected("The data set changed during the training. Start the training again.");
        }
        return again;
    }

    private boolean tries8Bits(TrainingSettings settings) throws NoSuchDevice {
        boolean frozen = settings.freeze() == Freeze.BACKBONE;
        if (precision == Precision.INT8 && !(frozen && engine.runsQuantised())) {
            throw new NoSuchDevice("blastscope.precision=int8 needs a frozen backbone and ONNX Runtime on the CPU. Set"
                    + " blastscope.training.freeze=BACKBONE, blastscope.engine=auto and blastscope.device=auto, or"
                    + " blastscope.precision=auto.");
        }
        return switch (precision) {
            case FP32 -> false;
            case INT8 -> true;
            case AUTO -> frozen && engine.engine() == Engine.ONNX;
        };
    }

    private FeatureEngine featureEngine(TrainingSettings settings, Optional<QuantisedBackbone> quantised)
            throws NoSuchDevice {
        if (quantised.isPresent()) {
            return new FeatureEngine("onnx", "int8", quantised.map(QuantisedBackbone::digest));
        }
        Engine learnedOn = settings.freeze() == Freeze.BACKBONE ? engine.engine() : Engine.PYTORCH;
        return new FeatureEngine(learnedOn.name().toLowerCase(Locale.ROOT), "fp32", Optional.empty());
    }

    private Learner learner(StartingBackbone backbone, GroupedImages images, TrainingSettings settings, Device device) {
        return settings.freeze() == Freeze.BACKBONE
                ? new HeadTrainer(backbone, images.images(), settings, device)
                : new FineTuner(backbone, images.images(), reader, settings, device);
    }

    private static TrainingImageIndex trainedOn(GroupedImages images, Split split) {
        return TrainingImageIndex.of(Stream.of(SplitPart.TRAIN, SplitPart.VALIDATION)
                .flatMap(part -> split.indices(part).stream())
                .map(image -> images.images().get(image).image().sha256())
                .toList());
    }

    private static DataSummary summary(GroupedImages images, Split split) {
        Map<String, Integer> parts = new LinkedHashMap<>();
        for (SplitPart part : SplitPart.values()) {
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
}
