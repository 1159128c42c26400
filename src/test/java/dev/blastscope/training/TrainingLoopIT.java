package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.MultitaskHeads;
import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a training stops and what it keeps, on made-up features that tell the class or mislead. */
class TrainingLoopIT {

    private static final int EPOCHS = 20;
    private static final int PATIENCE = 3;
    private static final int IMAGES = 32;
    private static final List<Integer> TRAIN =
            IntStream.range(0, IMAGES).boxed().toList();
    private static final List<Integer> VALIDATION =
            IntStream.range(IMAGES, 2 * IMAGES).boxed().toList();
    private static final float[][] FEATURES = features();

    @Test
    void stopsWhenValidationGetsWorseAndKeepsTheBestState() throws Exception {
        List<Double> losses = new ArrayList<>();
        TrainingLoop.Best<HeadWeights> best = train(EPOCHS, PATIENCE, validationErring(4), losses);

        assertThat(best.epoch()).isBetween(1, EPOCHS - PATIENCE - 1);
        assertThat(losses).hasSize(best.epoch() + PATIENCE);
        assertThat(losses.get(best.epoch() - 1))
                .isEqualTo(losses.stream().min(Double::compare).orElseThrow());
        assertThat(train(best.epoch(), PATIENCE, validationErring(4), new ArrayList<>())
                        .state()
                        .toSafetensors())
                .as("the state after the best epoch")
                .isEqualTo(best.state().toSafetensors());
    }

    @Test
    void givesBackWhatItStartedFromIfItOnlyMakesItWorse() throws Exception {
        TrainingLoop.Best<HeadWeights> best = train(EPOCHS, PATIENCE, validationErring(1), new ArrayList<>());

        assertThat(best.epoch()).isZero();
        assertThat(best.state().toSafetensors())
                .isEqualTo(train(0, PATIENCE, validationErring(1), new ArrayList<>())
                        .state()
                        .toSafetensors());
    }

    @Test
    void learnsWhatTheFeaturesTellUntilTheLastEpoch() throws Exception {
        List<Double> losses = new ArrayList<>();
        TrainingLoop.Best<HeadWeights> best = train(EPOCHS, EPOCHS, validationErring(Integer.MAX_VALUE), losses);

        assertThat(losses).hasSize(EPOCHS);
        assertThat(best.validationLoss()).isLessThan(losses.get(0) / 2);
    }

    private static TrainingLoop.Best<HeadWeights> train(
            int epochs, int patience, List<SmearClass> labels, List<Double> losses) throws InterruptedException {
        MultitaskHeads heads = new MultitaskHeads();
        return new TrainingLoop(epochs, patience, 8, 1e-3f, 5, Device.cpu())
                .train(
                        heads,
                        new Inputs(),
                        new WeightedLabels(labels, TRAIN),
                        TRAIN,
                        VALIDATION,
                        () -> {},
                        () -> HeadWeights.of(heads),
                        new TrainingProgress() {
                            @Override
                            public void begin(String stage, long total) {}

                            @Override
                            public void done(long done, String remark) {
                                losses.add(Double.valueOf(remark.replace("validation loss ", "")));
                            }
                        });
    }

    /** The labels that the features tell; in validation, one in so many is another. */
    private static List<SmearClass> validationErring(int oneIn) {
        return IntStream.range(0, 2 * IMAGES)
                .mapToObj(image -> image >= IMAGES && (image / 4 + 1) % oneIn == 0 ? image + 2 : image)
                .map(told -> SmearClass.values()[told % 4])
                .toList();
    }

    private static float[][] features() {
        Random random = new Random(1);
        float[][] features = new float[2 * IMAGES][2048];
        for (int image = 0; image < features.length; image++) {
            for (int i = 0; i < 2048; i++) {
                features[image][i] = 0.3f * (float) random.nextGaussian() + (i % 4 == image % 4 ? 0.2f : 0);
            }
        }
        return features;
    }

    private static final class Inputs implements TrainingLoop.Inputs {

        @Override
        public Shape shape() {
            return new Shape(1, 2048);
        }

        @Override
        public NDArray of(NDManager manager, List<Integer> images, boolean training, Random random) {
            return manager.create(images.stream().map(image -> FEATURES[image]).toArray(float[][]::new));
        }
    }
}
