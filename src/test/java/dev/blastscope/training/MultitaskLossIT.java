package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.blastscope.network.NativeRuntime;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The loss on tensors, beside the same loss written out in plain Java. */
class MultitaskLossIT {

    private static final List<SmearClass> LABELS = List.of(
            SmearClass.BENIGN,
            SmearClass.BENIGN,
            SmearClass.PRE_B,
            SmearClass.BENIGN,
            SmearClass.PRO_B,
            SmearClass.PRE_B,
            SmearClass.EARLY_PRE_B,
            SmearClass.PRE_B);
    private static final List<Integer> ALL =
            IntStream.range(0, LABELS.size()).boxed().toList();

    private final float[][] malignancy = logits(2, 1);
    private final float[][] subtype = logits(3, 2);

    @Test
    void sumsTheWeightedCrossEntropiesOfBothHeads() {
        // 3 of 8 benign: 8 / (2 * 3) and 8 / (2 * 5); of 5 malignant 1, 3 and 1: 5 / (3 * n).
        double[] malignancyWeights = {8 / 6.0, 8 / 10.0};
        double[] subtypeWeights = {5 / 3.0, 5 / 9.0, 5 / 3.0};

        double expected = crossEntropy(malignancy, malignancyWeights, label -> label.malignancy()
                        .ordinal())
                + crossEntropy(subtype, subtypeWeights, label -> label.subtype()
                        .map(Enum::ordinal)
                        .orElse(-1));

        assertThat(loss(ALL, malignancy, subtype)).isCloseTo(expected, within(1e-5));
    }

    @Test
    void aBenignImageSaysNothingOfTheSubtypeHead() {
        double before = loss(ALL, malignancy, subtype);
        for (int image : ALL) {
            if (LABELS.get(image).malignancy() == Malignancy.BENIGN) {
                subtype[image] = new float[] {50, -50, 7};
            }
        }

        assertThat(loss(ALL, malignancy, subtype)).isEqualTo(before);
    }

    @Test
    void aBatchWithoutAMalignantImageHasNoSubtypeLoss() {
        List<Integer> benign = List.of(0, 1, 3);
        float[][] logits = {{2, 0}, {0, 0}, {-1, 1}};
        double expected = (Math.log1p(Math.exp(-2)) + Math.log(2) + Math.log1p(Math.exp(2))) / 3;

        assertThat(loss(benign, logits, new float[3][3])).isCloseTo(expected, within(1e-6));
    }

    @Test
    void aSureAndRightNetworkLosesNothingAndAWrongOneStaysFinite() {
        float[][] right = new float[LABELS.size()][2];
        float[][] wrong = new float[LABELS.size()][2];
        for (int image : ALL) {
            right[image][LABELS.get(image).malignancy().ordinal()] = 1e4f;
            wrong[image][1 - LABELS.get(image).malignancy().ordinal()] = 1e4f;
        }
        double ofSubtypes = loss(ALL, new float[LABELS.size()][2], subtype) - Math.log(2);

        assertThat(loss(ALL, right, subtype)).isCloseTo(ofSubtypes, within(1e-5));
        assertThat(loss(ALL, wrong, subtype)).isBetween(9_999.0, 10_010.0);
    }

    private interface Answer {
        int of(SmearClass label);
    }

    private static double crossEntropy(float[][] logits, double[] weights, Answer answer) {
        double sum = 0;
        double weight = 0;
        for (int image : ALL) {
            int truth = answer.of(LABELS.get(image));
            if (truth >= 0) {
                sum -= weights[truth] * Math.log(Probabilities.softmax(logits[image], 1)[truth]);
                weight += weights[truth];
            }
        }
        return sum / weight;
    }

    private static double loss(List<Integer> images, float[][] malignancy, float[][] subtype) {
        WeightedLabels targets = new WeightedLabels(LABELS, ALL);
        try (NDManager manager = NativeRuntime.newManager(Device.cpu())) {
            return new MultitaskLoss()
                    .evaluate(
                            new NDList(
                                    manager.create(targets.malignancy(images)),
                                    manager.create(targets.subtype(images))),
                            new NDList(manager.create(malignancy), manager.create(subtype)))
                    .getFloat();
        }
    }

    private static float[][] logits(int classes, long seed) {
        Random random = new Random(seed);
        List<float[]> rows = new ArrayList<>();
        for (int image = 0; image < LABELS.size(); image++) {
            float[] row = new float[classes];
            for (int c = 0; c < classes; c++) {
                row[c] = (float) random.nextGaussian() * 3;
            }
            rows.add(row);
        }
        return rows.toArray(float[][]::new);
    }
}
