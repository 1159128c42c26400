package dev.blastscope.training;

import ai.djl.Device;
import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.modelstore.ModelCard.FeatureEngine;
import dev.blastscope.network.Freeze;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import java.util.Locale;
import java.util.Optional;

/**
 * One training of one data set: what it works with, and the images that it prepares.
 *
 * @param backbone what the network starts from
 * @param watch how long its parts take
 */
record TrainingRun(
        NetworkEngine engine,
        ImagePreparation preparation,
        Dataset dataset,
        StartingBackbone backbone,
        TrainingSettings settings,
        TrainingProgress progress,
        ModelCards.Stopwatch watch) {

    /** The images with the features of the backbone, once it is known that they can be trained on. */
    GroupedImages prepare() throws DatasetRejected, NoSuchDevice, InterruptedException {
        GroupedImages images = prepare(FeatureSource.of(backbone, engine));
        images.inspection().requireTrainable();
        watch.lap("features");
        return images;
    }

    /** The same images with other features; splits and folds count on their order. */
    GroupedImages again(GroupedImages images, FeatureSource source)
            throws DatasetRejected, NoSuchDevice, InterruptedException {
        GroupedImages again = prepare(source);
        if (!again.digest().equals(images.digest())) {
            throw new DatasetRejected("The data set changed during the training. Start the training again.");
        }
        return again;
    }

    private GroupedImages prepare(FeatureSource source) throws NoSuchDevice, InterruptedException {
        int copies = isFrozen() ? settings.views().copies() : 0;
        return preparation.prepare(dataset, source, copies, progress);
    }

    Device device() throws NoSuchDevice {
        return engine.device();
    }

    /** What computes its fp32 features. */
    FeatureEngine fp32() throws NoSuchDevice {
        Engine used = isFrozen() ? engine.engine() : Engine.PYTORCH;
        return new FeatureEngine(used.name().toLowerCase(Locale.ROOT), "fp32", Optional.empty());
    }

    private boolean isFrozen() {
        return settings.freeze() == Freeze.BACKBONE;
    }
}
