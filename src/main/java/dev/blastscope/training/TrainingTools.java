package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.modelstore.ModelCard.FeatureEngine;
import dev.blastscope.network.Freeze;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.network.engine.NetworkEngine.Precision;
import java.util.Locale;
import java.util.Optional;

/**
 * What every training works with.
 *
 * @param precision the numbers in which a frozen backbone computes
 */
record TrainingTools(
        NetworkEngine engine,
        Precision precision,
        ImagePreparation preparation,
        Quantiser quantiser,
        ModelCards cards) {

    GroupedImages prepare(Dataset dataset, FeatureSource source, TrainingProgress progress)
            throws NoSuchDevice, InterruptedException {
        return preparation.prepare(dataset, source, progress);
    }

    /** What computes fp32 features in a training with these settings. */
    FeatureEngine fp32(TrainingSettings settings) throws NoSuchDevice {
        Engine used = settings.freeze() == Freeze.BACKBONE ? engine.engine() : Engine.PYTORCH;
        return new FeatureEngine(used.name().toLowerCase(Locale.ROOT), "fp32", Optional.empty());
    }
}
