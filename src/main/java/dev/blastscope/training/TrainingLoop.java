package dev.blastscope.training;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import dev.blastscope.network.NativeRuntime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Trains a block by Adam; knows nothing of the network.
 *
 * @param epochs maximum number of epochs
 * @param patience epochs without a lower validation loss after which it stops
 * @param batch images in a step
 * @param lossFunction of both heads' targets and logits
 */
record TrainingLoop(
        int epochs, int patience, int batch, float learningRate, long seed, Device device, Loss lossFunction) {

    TrainingLoop(int epochs, int patience, int batch, float learningRate, long seed, Device device) {
        this(epochs, patience, batch, learningRate, seed, device, new MultitaskLoss());
    }

    /** Where a block's input comes from. */
    interface Inputs {

        /** The shape of one image's input, with 1 for the batch. */
        Shape shape();

        /** The input of some images; changed at random, by {@code random}, if it is for training. */
        NDArray of(NDManager manager, List<Integer> images, boolean training, Random random);
    }

    /**
     * Trains until the validation loss falls no more.
     *
     * @param ready is run once the trainer is made and before it starts
     * @param snapshot copies the block's state
     * @param <S> a state
     * @return the state with the lowest validation loss, and how it was found
     * @throws InterruptedException if the thread was interrupted
     */
    <S> Best<S> train(
            Block block,
            Inputs inputs,
            WeightedLabels targets,
            List<Integer> train,
            List<Integer> validation,
            Runnable ready,
            Supplier<S> snapshot,
            TrainingProgress progress)
            throws InterruptedException {
        try (Run run = new Run(block, inputs, targets, ready)) {
            Best<S> best = new Best<>(snapshot.get(), 0, run.loss(validation));
            List<Integer> order = new ArrayList<>(train);
            for (int epoch = 1; epoch <= epochs && epoch <= best.epoch + patience; epoch++) {
                double trainingLoss = run.epoch(order, epoch);
                double validationLoss = run.loss(validation);
                if (validationLoss < best.validationLoss) {
                    best = new Best<>(snapshot.get(), epoch, validationLoss);
                }
                progress.losses(trainingLoss, validationLoss);
                progress.done(epoch, String.format(Locale.ROOT, "validation loss %.4f", validationLoss));
            }
            return best;
        }
    }

    /**
     * Trains for all epochs; nothing is validated.
     *
     * @return the state after the last one
     * @throws InterruptedException if the thread was interrupted
     */
    <S> S train(
            Block block,
            Inputs inputs,
            WeightedLabels targets,
            List<Integer> train,
            Supplier<S> snapshot,
            TrainingProgress progress)
            throws InterruptedException {
        try (Run run = new Run(block, inputs, targets, () -> {})) {
            List<Integer> order = new ArrayList<>(train);
            for (int epoch = 1; epoch <= epochs; epoch++) {
                double trainingLoss = run.epoch(order, epoch);
                progress.done(epoch, String.format(Locale.ROOT, "training loss %.4f", trainingLoss));
            }
            return snapshot.get();
        }
    }

    /**
     * The best state of a training.
     *
     * @param epoch after which it was reached, from 1; 0 if none was better than the start
     * @param validationLoss the lowest there was
     */
    record Best<S>(S state, int epoch, double validationLoss) {}

    private List<Integer> part(List<Integer> order, int from) {
        return order.subList(from, Math.min(from + batch, order.size()));
    }

    /** A block with its optimizer, from the first epoch to the last. */
    private final class Run implements AutoCloseable {

        private final Inputs inputs;
        private final WeightedLabels targets;
        private final Random random = new Random(seed);
        private final Model model;
        private final Trainer trainer;

        Run(Block block, Inputs inputs, WeightedLabels targets, Runnable ready) {
            NativeRuntime.withoutGradients();
            this.inputs = inputs;
            this.targets = targets;
            model = Model.newInstance("multitask", device, "PyTorch");
            model.getNDManager().getEngine().setRandomSeed((int) seed);
            model.setBlock(block);
            trainer = model.newTrainer(new DefaultTrainingConfig(lossFunction)
                    .optDevices(new Device[] {device})
                    .optOptimizer(Adam.builder()
                            .optLearningRateTracker(Tracker.fixed(learningRate))
                            .build()));
            ready.run();
            trainer.initialize(inputs.shape());
        }

        /** One pass over the images in random order; the mean loss of its steps. */
        double epoch(List<Integer> order, int epoch) throws InterruptedException {
            Collections.shuffle(order, random);
            double loss = 0;
            for (int from = 0; from < order.size(); from += batch) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("The training was interrupted in epoch " + epoch);
                }
                List<Integer> images = part(order, from);
                loss += step(images) * images.size() / order.size();
            }
            return loss;
        }

        private float step(List<Integer> images) {
            try (NDManager scope = trainer.getManager().newSubManager()) {
                NDList input = new NDList(inputs.of(scope, images, true, random));
                NDArray loss;
                try (GradientCollector gradients = trainer.newGradientCollector()) {
                    loss = trainer.getLoss().evaluate(rows(scope, images), trainer.forward(input));
                    gradients.backward(loss);
                }
                trainer.step();
                return loss.getFloat();
            }
        }

        /** The loss over all of these images at once, without dropout or random changes. */
        double loss(List<Integer> images) throws InterruptedException {
            try (NDManager scope = trainer.getManager().newSubManager()) {
                NDList malignancy = new NDList();
                NDList subtype = new NDList();
                for (int from = 0; from < images.size(); from += batch) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException("The training was interrupted while it measured its loss");
                    }
                    try (NDManager pass = scope.newSubManager()) {
                        NDList logits =
                                trainer.evaluate(new NDList(inputs.of(pass, part(images, from), false, random)));
                        logits.attach(scope);
                        malignancy.add(logits.get(0));
                        subtype.add(logits.get(1));
                    }
                }
                NDList logits = new NDList(NDArrays.concat(malignancy), NDArrays.concat(subtype));
                return trainer.getLoss().evaluate(rows(scope, images), logits).getFloat();
            }
        }

        private NDList rows(NDManager manager, List<Integer> images) {
            return new NDList(manager.create(targets.malignancy(images)), manager.create(targets.subtype(images)));
        }

        @Override
        public void close() {
            trainer.close();
            model.close();
        }
    }
}
