package dev.blastscope.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.blastscope.image.SmearImage;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.FoldedNetwork;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.ImageToTensor;
import dev.blastscope.network.MultitaskNetwork;
import dev.blastscope.network.NativeRuntime;
import dev.blastscope.network.ServingNetwork.Output;
import dev.blastscope.training.GroupedImages.PreparedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Trains the heads and then, from there, the part of the backbone that is not frozen, on images changed at random.
 *
 * <p>Heads first: a backbone that follows heads which know nothing yet forgets what it knows (Kumar et al. 2022, arXiv
 * 2202.10054).
 */
final class FineTuner implements Learner {

    private final HeadTrainer headTrainer;
    private final StartingBackbone backbone;
    private final List<PreparedImage> images;
    private final ImagePreparation preparation;
    private final TrainingSettings settings;
    private final Device device;

    FineTuner(
            StartingBackbone backbone,
            List<PreparedImage> images,
            ImagePreparation preparation,
            TrainingSettings settings,
            Device device) {
        this.headTrainer = new HeadTrainer(backbone, images, settings, device);
        this.backbone = backbone;
        this.images = images;
        this.preparation = preparation;
        this.settings = settings;
        this.device = device;
    }

    @Override
    public Learned learn(List<Integer> train, List<Integer> validation, TrainingProgress progress)
            throws InterruptedException {
        HeadWeights heads = headTrainer.learn(train, validation, progress).heads();
        TrainingSettings.FineTuning tuning = settings.fineTuning();
        progress.begin(TrainingProgress.FINE_TUNING, tuning.epochs());
        TrainingLoop loop = new TrainingLoop(
                tuning.epochs(), tuning.patience(), tuning.batch(), tuning.learningRate(), settings.seed(), device);
        try (NDManager manager = NativeRuntime.newManager(device)) {
            MultitaskNetwork network = new MultitaskNetwork(manager, backbone.weights(), heads, settings.freeze());
            return new TunedNetwork(loop.train(
                    network,
                    new Images(),
                    new WeightedLabels(PreparedImage.labels(images), train),
                    train,
                    validation,
                    network::freeze,
                    () -> new Weights(network.backboneWeights(), network.headWeights()),
                    progress));
        }
    }

    private SmearImage decode(int image) {
        return preparation.decode(images.get(image));
    }

    private final class Images implements TrainingLoop.Inputs {

        @Override
        public Shape shape() {
            return new Shape(1, 3, SmearImage.SIDE, SmearImage.SIDE);
        }

        @Override
        public NDArray of(NDManager manager, List<Integer> indices, boolean training, Random random) {
            List<SmearImage> batch = new ArrayList<>(indices.size());
            for (int image : indices) {
                SmearImage decoded = decode(image);
                batch.add(training ? Augmentation.changed(decoded, random) : decoded);
            }
            return ImageToTensor.toTensor(manager, batch);
        }
    }

    private record Weights(BackboneWeights backbone, HeadWeights heads) {}

    private final class TunedNetwork implements Learned {

        private static final int BATCH = 8;

        private final Weights weights;
        private final Map<String, Object> course;

        TunedNetwork(TrainingLoop.Best<Weights> best) {
            weights = best.state();
            course = Map.of("bestEpoch", best.epoch(), "validationLoss", best.validationLoss());
        }

        @Override
        public Map<String, Object> course() {
            return course;
        }

        @Override
        public HeadWeights heads() {
            return weights.heads();
        }

        @Override
        public byte[] backbone() {
            return weights.backbone().toSafetensors();
        }

        @Override
        public List<Output> outputs(List<Integer> indices) throws InterruptedException {
            try (FoldedNetwork network = new FoldedNetwork(weights.backbone(), weights.heads(), device)) {
                List<Output> outputs = new ArrayList<>(indices.size());
                for (int from = 0; from < indices.size(); from += BATCH) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException("The training was interrupted while it measured its network");
                    }
                    List<SmearImage> images = indices.subList(from, Math.min(from + BATCH, indices.size())).stream()
                            .map(FineTuner.this::decode)
                            .toList();
                    outputs.addAll(network.run(images));
                }
                return outputs;
            }
        }
    }
}
