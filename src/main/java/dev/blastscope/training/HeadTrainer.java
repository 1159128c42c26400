package dev.blastscope.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.blastscope.network.FeatureExtractor;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.MultitaskHeads;
import dev.blastscope.network.ServingHeads;
import dev.blastscope.network.ServingNetwork.Logits;
import dev.blastscope.network.ServingNetwork.Output;
import dev.blastscope.training.GroupedImages.PreparedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Trains both heads on features that were computed once: the backbone stays as it is. */
final class HeadTrainer implements Learner {

    private static final int SMALLEST_BATCH = 8;
    private static final int STEPS_PER_EPOCH = 8;

    private final StartingBackbone backbone;
    private final List<PreparedImage> images;
    private final TrainingSettings settings;
    private final Device device;

    HeadTrainer(StartingBackbone backbone, List<PreparedImage> images, TrainingSettings settings, Device device) {
        this.backbone = backbone;
        this.images = images;
        this.settings = settings;
        this.device = device;
    }

    TrainingSettings settings() {
        return settings;
    }

    @Override
    public Learned learn(List<Integer> train, List<Integer> validation, TrainingProgress progress)
            throws InterruptedException {
        TrainingLoop.Best<HeadWeights> best = best(train, validation, progress);
        return new TrainedHeads(
                best.state(), Map.of("bestEpoch", best.epoch(), "validationLoss", best.validationLoss()));
    }

    /** The heads with the lowest loss on the validation images. */
    TrainingLoop.Best<HeadWeights> best(List<Integer> train, List<Integer> validation, TrainingProgress progress)
            throws InterruptedException {
        progress.begin(TrainingProgress.HEADS, settings.epochs());
        MultitaskHeads heads = new MultitaskHeads();
        return loop(settings.epochs(), train)
                .train(
                        heads,
                        new Features(images),
                        labels(train),
                        withCopies(train),
                        validation,
                        () -> {},
                        () -> HeadWeights.of(heads),
                        progress);
    }

    /** Heads that learn for so many epochs. */
    Learned learn(List<Integer> train, int epochs, TrainingProgress progress) throws InterruptedException {
        progress.begin(TrainingProgress.HEADS, epochs);
        MultitaskHeads heads = new MultitaskHeads();
        return new TrainedHeads(
                loop(epochs, train)
                        .train(
                                heads,
                                new Features(images),
                                labels(train),
                                withCopies(train),
                                () -> HeadWeights.of(heads),
                                progress),
                Map.of("refittedEpochs", epochs));
    }

    private TrainingLoop loop(int epochs, List<Integer> train) {
        return new TrainingLoop(
                epochs, settings.patience(), batch(train.size()), settings.learningRate(), settings.seed(), device);
    }

    /** The rows of the changed copies of an image. */
    List<Integer> copiesOf(int image) {
        return IntStream.range(0, copies())
                .mapToObj(copy -> images.size() + image * copies() + copy)
                .toList();
    }

    private WeightedLabels labels(List<Integer> train) {
        return new WeightedLabels(PreparedImage.labels(images), train)
                .withCopies(copies(), settings.views().weight());
    }

    private List<Integer> withCopies(List<Integer> train) {
        List<Integer> all = new ArrayList<>(train);
        train.forEach(image -> all.addAll(copiesOf(image)));
        return all;
    }

    /** How many changed copies of each image there are. */
    int copies() {
        return images.get(0).copies().size();
    }

    /** A small data set gets small steps, so that an epoch still has several. */
    private int batch(int images) {
        return Math.max(SMALLEST_BATCH, Math.min(settings.batch(), images / STEPS_PER_EPOCH));
    }

    /** The features of prepared images as the input of the heads. */
    record Features(List<PreparedImage> images) implements TrainingLoop.Inputs {

        @Override
        public Shape shape() {
            return new Shape(1, FeatureExtractor.FEATURES);
        }

        @Override
        public NDArray of(NDManager manager, List<Integer> indices, boolean training, Random random) {
            return manager.create(of(indices));
        }

        float[][] of(List<Integer> indices) {
            return indices.stream().map(this::of).toArray(float[][]::new);
        }

        private float[] of(int index) {
            if (index < images.size()) {
                return images.get(index).features();
            }
            int copies = images.get(0).copies().size();
            int copy = index - images.size();
            return images.get(copy / copies).copies().get(copy % copies);
        }
    }

    private final class TrainedHeads implements Learned {

        private final HeadWeights weights;
        private final Map<String, Object> course;

        TrainedHeads(HeadWeights weights, Map<String, Object> course) {
            this.weights = weights;
            this.course = course;
        }

        @Override
        public Map<String, Object> course() {
            return course;
        }

        @Override
        public HeadWeights heads() {
            return weights;
        }

        @Override
        public byte[] backbone() {
            return backbone.file();
        }

        @Override
        public List<Output> outputs(List<Integer> indices) {
            float[][] features = new Features(images).of(indices);
            try (ServingHeads serving = new ServingHeads(weights, device)) {
                List<Logits> logits = serving.classify(features);
                return IntStream.range(0, features.length)
                        .mapToObj(i -> new Output(features[i], logits.get(i), Optional.empty()))
                        .toList();
            }
        }
    }
}
