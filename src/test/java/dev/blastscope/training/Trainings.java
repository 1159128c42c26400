package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.Freeze;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.network.engine.PrecisionChoice;
import dev.blastscope.training.GroupedImages.PreparedImage;
import java.nio.file.Path;
import java.util.List;

/** Small trainings on drawings, with the embedded backbone. */
final class Trainings {

    static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);
    static final NetworkEngine ENGINE = new NetworkEngine(DeviceChoice.CPU, Engine.AUTO, PrecisionChoice.FP32);
    static final StartingBackbone BACKBONE = StartingBackbone.embedded();

    static final TrainingProgress UNHEARD = new TrainingProgress() {
        @Override
        public void begin(String stage, long total) {}

        @Override
        public void done(long done, String remark) {}
    };

    private Trainings() {}

    static TrainingSettings settings(long seed) {
        return settings(seed, Freeze.BACKBONE, 3);
    }

    static TrainingSettings settings(long seed, Freeze freeze, int epochs) {
        return new TrainingSettings(
                seed,
                freeze,
                epochs,
                epochs,
                256,
                1e-3f,
                new TrainingSettings.FineTuning(epochs, epochs, 4, 1e-4f),
                3,
                new TrainingSettings.OperatingPoint(0.995, 0.95),
                new TrainingSettings.Views(0, 0.5f));
    }

    static Candidate train(Path dataset, Path cache, TrainingSettings settings, TrainingProgress progress)
            throws Exception {
        return new ModelTraining(new FeatureCache(cache), ENGINE, ImageLimits.DEFAULT, "blastscope test")
                .train(dataset, BACKBONE, List.of(), settings, progress);
    }

    /** All images of a data set, as the embedded backbone sees them. */
    static List<PreparedImage> prepare(Path dataset, Path cache) throws Exception {
        return prepare(dataset, cache, UNHEARD);
    }

    static List<PreparedImage> prepare(Path dataset, Path cache, TrainingProgress progress) throws Exception {
        return new ImagePreparation(DECODER, new FeatureCache(cache))
                .prepare(Dataset.read(dataset), FeatureSource.of(BACKBONE, ENGINE), progress)
                .images();
    }

    /** Interrupts the training's own thread once a stage is so far. */
    static TrainingProgress interruptAt(String stage, long step) {
        return new TrainingProgress() {
            private String now = "";

            @Override
            public void begin(String name, long total) {
                now = name;
            }

            @Override
            public void done(long done, String remark) {
                if (now.equals(stage) && done >= step) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }
}
