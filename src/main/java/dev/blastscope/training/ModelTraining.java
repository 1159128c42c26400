package dev.blastscope.training;

import ai.djl.Device;
import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.Split;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.ModelCard.Comparison;
import dev.blastscope.modelstore.ModelCard.FeatureEngine;
import dev.blastscope.modelstore.ModelCard.PrecisionComparison;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.Freeze;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.network.engine.NetworkEngine.Precision;
import dev.blastscope.network.onnx.QuantisedBackbone;
import dev.blastscope.training.TrainingProgress.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * From a data set to a candidate model that was measured honestly.
 *
 * <p>The candidate learns on the training part of a split that keeps similar images together; its validation part
 * decides when to stop and fits the temperatures, its test part is only measured. The same training is then repeated
 * and measured under a random split, which leaks, so that the leakage can be seen.
 */
public final class ModelTraining {

    private final ImagePreparation preparation;
    private final NetworkEngine engine;
    private final Precision precision;
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
        this.preparation = new ImagePreparation(new ImageDecoder(limits), cache);
        this.quantiser = new Quantiser(preparation);
        this.cards = new ModelCards(software);
    }

    /**
     * The stages of a training without other backbones, in order.
     *
     * @throws NoSuchDevice as {@link #train}
     */
    public List<Stage> stages(TrainingSettings settings) throws NoSuchDevice {
        Stage features = new Stage(TrainingProgress.FEATURES, 0, false);
        List<Stage> learning = new ArrayList<>();
        learning.add(new Stage(TrainingProgress.HEADS, settings.epochs(), true));
        if (settings.freeze() != Freeze.BACKBONE) {
            learning.add(new Stage(
                    TrainingProgress.FINE_TUNING, settings.fineTuning().epochs(), true));
        }
        List<Stage> stages = new ArrayList<>();
        stages.add(features);
        stages.addAll(learning);
        if (tries8Bits(settings)) {
            stages.add(new Stage(TrainingProgress.ACTIVATION_RANGES, Quantiser.SAMPLE, false));
            stages.add(features);
            stages.addAll(learning);
        }
        // The random split.
        stages.addAll(learning);
        return stages;
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
     * @throws NoSuchDevice if the network cannot run, or not in int8, as the settings ask
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
        boolean triesInt8 = tries8Bits(settings);
        Dataset dataset = Dataset.read(folder);
        dataset.requireEnoughFiles();
        return new Run(dataset, backbone, settings, engine.device(), progress).train(others, active, triesInt8);
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

    private FeatureEngine featureEngine(TrainingSettings settings) throws NoSuchDevice {
        Engine used = settings.freeze() == Freeze.BACKBONE ? engine.engine() : Engine.PYTORCH;
        return new FeatureEngine(used.name().toLowerCase(Locale.ROOT), "fp32", Optional.empty());
    }

    private static FeatureEngine featureEngine(QuantisedBackbone backbone) {
        return new FeatureEngine("onnx", "int8", Optional.of(backbone.digest()));
    }

    /**
     * What a training was given, and what both its splits are.
     *
     * @param besideActive whether the test part was filled from what is new to the active model
     */
    record Plan(
            StartingBackbone backbone,
            TrainingSettings settings,
            Device device,
            Split grouped,
            Split random,
            boolean besideActive) {}

    /**
     * What the grouped split brought in the precision that was chosen.
     *
     * @param images with the features that the heads know
     * @param evaluation of the network that learned from them
     * @param engine what computes these features
     * @param quantised the backbone that does, if it is an int8 one
     * @param precisions how int8 did beside floats, if it was tried
     */
    record Selection(
            GroupedImages images,
            SplitEvaluation evaluation,
            FeatureEngine engine,
            Optional<QuantisedBackbone> quantised,
            Optional<PrecisionComparison> precisions) {}

    /** One training of one data set. */
    private final class Run {

        private final ModelCards.Stopwatch watch = new ModelCards.Stopwatch();
        private final Dataset dataset;
        private final StartingBackbone backbone;
        private final TrainingSettings settings;
        private final Device device;
        private final TrainingProgress progress;

        Run(
                Dataset dataset,
                StartingBackbone backbone,
                TrainingSettings settings,
                Device device,
                TrainingProgress progress) {
            this.dataset = dataset;
            this.backbone = backbone;
            this.settings = settings;
            this.device = device;
            this.progress = progress;
        }

        Candidate train(List<StartingBackbone> others, Optional<TrainingImageIndex> active, boolean triesInt8)
                throws DatasetRejected, NoSuchDevice, InterruptedException {
            GroupedImages images = preparation.prepare(dataset, FeatureSource.of(backbone, engine), progress);
            images.inspection().requireTrainable();
            watch.lap("features");
            Plan plan = plan(images, active);
            Selection floats = new Selection(
                    images,
                    learn("grouped", plan.grouped(), backbone, images),
                    featureEngine(settings),
                    Optional.empty(),
                    Optional.empty());
            watch.lap("training");
            Selection selected = triesInt8 ? select(floats, plan.grouped()) : floats;
            SplitEvaluation leaky = learn("random", plan.random(), backbone, selected.images());
            watch.lap("random split");
            List<Comparison> comparisons = new ArrayList<>();
            for (StartingBackbone other : others) {
                comparisons.add(compare(other, images, plan));
                watch.lap("comparison");
            }
            return candidate(plan, selected, leaky, comparisons);
        }

        private Plan plan(GroupedImages images, Optional<TrainingImageIndex> active) {
            Split grouped = Split.grouped(
                    images.groups().groupOf(),
                    images.labels(),
                    settings.seed(),
                    active.map(images::knownTo).orElse(Set.of()));
            Split random = Split.random(images.labels(), settings.seed());
            return new Plan(backbone, settings, device, grouped, random, active.isPresent());
        }

        /** Trains again on the features of an int8 backbone, and selects these if they serve as well. */
        private Selection select(Selection floats, Split grouped)
                throws DatasetRejected, NoSuchDevice, InterruptedException {
            QuantisedBackbone int8 = quantiser.quantise(
                    backbone, floats.images().images(), grouped.indices(Split.Part.TRAIN), settings.seed(), progress);
            GroupedImages images = again(floats.images(), FeatureSource.of(int8, engine));
            watch.lap("features in int8");
            SplitEvaluation evaluation = learn("grouped", grouped, backbone, images);
            PrecisionComparison comparison =
                    PrecisionCheck.of(floats.evaluation().validation(), evaluation.validation());
            watch.lap("training in int8");
            return comparison.passed() || precision == Precision.INT8
                    ? new Selection(images, evaluation, featureEngine(int8), Optional.of(int8), Optional.of(comparison))
                    : new Selection(
                            floats.images(),
                            floats.evaluation(),
                            floats.engine(),
                            Optional.empty(),
                            Optional.of(comparison));
        }

        /** Measures another backbone under the same splits. */
        private Comparison compare(StartingBackbone other, GroupedImages images, Plan plan)
                throws DatasetRejected, NoSuchDevice, InterruptedException {
            GroupedImages seen = again(images, FeatureSource.of(other, engine));
            return new Comparison(
                    other.origin(),
                    List.of(
                            learn("grouped", plan.grouped(), other, seen).test(),
                            learn("random", plan.random(), other, seen).test()));
        }

        private SplitEvaluation learn(String name, Split split, StartingBackbone start, GroupedImages images)
                throws InterruptedException {
            Learner learner = settings.freeze() == Freeze.BACKBONE
                    ? new HeadTrainer(start, images.images(), settings, device)
                    : new FineTuner(start, images.images(), preparation, settings, device);
            return SplitEvaluation.of(name, split, images, learner, progress);
        }

        /** The same images with other features; the splits count on their order. */
        private GroupedImages again(GroupedImages images, FeatureSource source)
                throws DatasetRejected, NoSuchDevice, InterruptedException {
            GroupedImages again = preparation.prepare(dataset, source, progress);
            if (!again.digest().equals(images.digest())) {
                throw new DatasetRejected("The data set changed during the training. Start the training again.");
            }
            return again;
        }

        private Candidate candidate(
                Plan plan, Selection selected, SplitEvaluation leaky, List<Comparison> comparisons) {
            List<Integer> learned = Stream.of(Split.Part.TRAIN, Split.Part.VALIDATION)
                    .flatMap(part -> plan.grouped().indices(part).stream())
                    .toList();
            Learner.Learned network = selected.evaluation().learned();
            return new Candidate(
                    network.backbone(),
                    network.heads().toSafetensors(),
                    selected.quantised(),
                    TrainingImageIndex.of(selected.images().hashes(learned)),
                    cards.card(plan, selected, leaky, comparisons, watch.seconds()),
                    selected.images().problems());
        }
    }
}
