package dev.blastscope.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.MultitaskHeads;
import dev.blastscope.network.NativeRuntime;
import dev.blastscope.training.GroupedImages.PreparedImage;
import java.util.List;

/** Goes on training both heads of a model on a few images, and keeps them near where they were. */
record HeadAdapter(List<PreparedImage> images, TrainingSettings settings, float l2spStrength, Device device) {

    /** The heads with the lowest loss on the training images, their way from the start included. */
    HeadWeights adapt(HeadWeights start, List<Integer> train, TrainingProgress progress) throws InterruptedException {
        progress.begin(TrainingProgress.ADAPTATION, settings.epochs());
        try (NDManager manager = NativeRuntime.newManager(device)) {
            MultitaskHeads heads = new MultitaskHeads(manager, start);
            TrainingLoop loop = new TrainingLoop(
                    settings.epochs(),
                    settings.epochs(),
                    settings.batch(),
                    settings.learningRate(),
                    settings.seed(),
                    device,
                    new L2SpLoss(new MultitaskLoss(), l2spStrength, heads, manager));
            return loop.train(
                            heads,
                            new HeadTrainer.Features(images),
                            new WeightedLabels(PreparedImage.labels(images), train),
                            train,
                            train,
                            () -> {},
                            () -> HeadWeights.of(heads),
                            progress)
                    .state();
        }
    }
}
