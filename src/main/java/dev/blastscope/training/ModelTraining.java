package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.Split;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.Freeze;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.network.engine.PrecisionChoice;
import dev.blastscope.training.TrainingProgress.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From a data set to a candidate model that was measured honestly: by a cross-validation where the backbone is frozen,
 * see {@link HeadTraining}, on one split where it learns too, see {@link FineTuning}.
 */
public final class ModelTraining {

    private final NetworkEngine engine;
    private final ImagePreparation preparation;
    private final ModelCards cards;

    /** @param software name and version of this program, for the card */
    public ModelTraining(FeatureCache cache, NetworkEngine engine, ImageLimits limits, String software) {
        this.engine = engine;
        this.preparation = new ImagePreparation(new ImageDecoder(limits), cache);
        this.cards = new ModelCards(software);
    }

    /**
     * The stages of a training without other backbones, in order.
     *
     * @throws NoSuchDevice as {@link #train}
     */
    public List<Stage> stages(TrainingSettings settings) throws NoSuchDevice {
        return settings.freeze() == Freeze.BACKBONE ? headStages(settings) : fineTuningStages(settings);
    }

    private List<Stage> headStages(TrainingSettings settings) throws NoSuchDevice {
        Stage features = new Stage(TrainingProgress.FEATURES, 0, false);
        Stage folds =
                new Stage(TrainingProgress.HEADS, CrossValidation.steps(settings.folds(), settings.epochs()), true);
        List<Stage> stages = new ArrayList<>(List.of(features, folds));
        if (precision(settings) != PrecisionChoice.FP32) {
            stages.addAll(
                    List.of(new Stage(TrainingProgress.ACTIVATION_RANGES, RangeFinder.SAMPLE, false), features, folds));
        }
        // The random folds, and the heads that are published; those for int8 come on top where they are.
        stages.addAll(List.of(folds, new Stage(TrainingProgress.HEADS, settings.epochs(), true)));
        return stages;
    }

    private static List<Stage> fineTuningStages(TrainingSettings settings) {
        Stage heads = new Stage(TrainingProgress.HEADS, settings.epochs(), true);
        Stage tuning =
                new Stage(TrainingProgress.FINE_TUNING, settings.fineTuning().epochs(), true);
        return List.of(new Stage(TrainingProgress.FEATURES, 0, false), heads, tuning, heads, tuning);
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
     * @param others other backbones to be measured in the same way, for comparison
     * @param active what the model learned from that the candidate is to be compared with; where one split is made, its
     *     test part is filled from what is new to that model, see {@link Split#grouped(List, List, long,
     *     java.util.Set)}
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
        PrecisionChoice asked = precision(settings);
        ModelCards.Stopwatch watch = new ModelCards.Stopwatch();
        Dataset dataset = Dataset.read(folder);
        dataset.requireEnoughFiles();
        TrainingRun run = new TrainingRun(engine, preparation, dataset, backbone, settings, progress, watch);
        return settings.freeze() == Freeze.BACKBONE
                ? new HeadTraining(run).train(others, asked, cards)
                : new FineTuning(run).train(others, active, cards);
    }

    /** What is asked for, where it can be had; AUTO only where int8 can be tried. */
    private PrecisionChoice precision(TrainingSettings settings) throws NoSuchDevice {
        PrecisionChoice precision = engine.precision();
        boolean frozen = settings.freeze() == Freeze.BACKBONE;
        if (precision == PrecisionChoice.INT8 && !(frozen && engine.runsQuantised())) {
            throw new NoSuchDevice("blastscope.precision=int8 needs a frozen backbone and ONNX Runtime on the CPU. Set"
                    + " blastscope.training.freeze=BACKBONE, blastscope.engine=auto and blastscope.device=auto, or"
                    + " blastscope.precision=auto.");
        }
        boolean triesInt8 = frozen && engine.engine() == Engine.ONNX;
        return precision == PrecisionChoice.AUTO && !triesInt8 ? PrecisionChoice.FP32 : precision;
    }
}
