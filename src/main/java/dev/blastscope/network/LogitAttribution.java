package dev.blastscope.network;

import dev.blastscope.network.ServingNetwork.LogitEvidence;
import dev.blastscope.prediction.Evidence;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.safetensors.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides the logits of both heads among the cells of the last feature map, exactly and without a second pass: class
 * activation maps (Zhou et al. 2016, arXiv 1512.04150) through a hidden layer.
 *
 * <p>At an image, a head is linear: with the hidden units that are on, a logit is {@code w2 . (W1 features + b1) + b2},
 * and the features are the mean of the cells. So a cell adds {@code (W1' w2) . cell / 49}, the gradient times the
 * activation (Selvaraju et al. 2017, arXiv 1610.02391, before what they cut off), and the biases are the constant. Safe
 * for use by any number of threads.
 */
public final class LogitAttribution {

    private final Head malignancy;
    private final Head subtype;

    public LogitAttribution(HeadWeights weights) {
        malignancy = head(weights, "malignancy", Malignancy.values().length);
        subtype = head(weights, "subtype", Subtype.values().length);
    }

    /**
     * The evidence for the logits of an image.
     *
     * @param features 2048, the mean of the cells
     * @param map (2048, 7, 7), row-major
     */
    public LogitEvidence of(float[] features, float[] map) {
        return new LogitEvidence(malignancy.evidence(features, map), subtype.evidence(features, map));
    }

    private static Head head(HeadWeights weights, String name, int classes) {
        return new Head(
                weights.tensor(name + ".0.weight"),
                weights.tensor(name + ".0.bias"),
                weights.tensor(name + ".3.weight"),
                weights.tensor(name + ".3.bias"),
                classes);
    }

    /** Linear (256, 2048), ReLU, linear (classes, 256). */
    private record Head(Tensor hiddenWeight, Tensor hiddenBias, Tensor weight, Tensor bias, int classes) {

        List<Evidence> evidence(float[] features, float[] map) {
            double[] constants = new double[classes];
            Arrays.setAll(constants, logit -> bias.values()[logit]);
            double[][] gradients = gradients(features, constants); // (classes, 2048)
            return IntStream.range(0, classes)
                    .mapToObj(logit -> new Evidence(cells(gradients[logit], map), constants[logit]))
                    .toList();
        }

        /** The gradient of each logit by the features; adds the biases of the units that are on to the constants. */
        private double[][] gradients(float[] features, double[] constants) {
            double[][] gradients = new double[classes][features.length];
            float[] rows = hiddenWeight.values();
            int units = hiddenBias.values().length;
            for (int unit = 0; unit < units; unit++) {
                int row = unit * features.length;
                double hidden = hiddenBias.values()[unit];
                for (int i = 0; i < features.length; i++) {
                    hidden += (double) rows[row + i] * features[i];
                }
                if (hidden > 0) {
                    for (int logit = 0; logit < classes; logit++) {
                        double outgoing = weight.values()[logit * units + unit];
                        constants[logit] += outgoing * hiddenBias.values()[unit];
                        double[] gradient = gradients[logit];
                        for (int i = 0; i < gradient.length; i++) {
                            gradient[i] += outgoing * rows[row + i];
                        }
                    }
                }
            }
            return gradients;
        }

        private static List<Double> cells(double[] gradient, float[] map) {
            double[] cells = new double[Evidence.CELLS];
            for (int i = 0; i < gradient.length; i++) {
                double share = gradient[i] / Evidence.CELLS;
                for (int cell = 0; cell < cells.length; cell++) {
                    cells[cell] += share * map[i * cells.length + cell];
                }
            }
            return Arrays.stream(cells).boxed().toList();
        }
    }
}
