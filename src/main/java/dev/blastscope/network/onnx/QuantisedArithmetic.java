package dev.blastscope.network.onnx;

import dev.blastscope.network.FoldedConvolution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Activations of unsigned 8 and weights of signed 7 bits, as pairs of QuantizeLinear and DequantizeLinear around float
 * operators, which a runtime fuses into integer ones (Jacob et al. 2018, arXiv 1712.05877).
 *
 * <p>A scale for each activation and for each filter of the weights; the bias has the product of both scales, so that
 * it joins the 32-bit sum as it is.
 */
final class QuantisedArithmetic implements Arithmetic {

    /**
     * One bit less than there is: CPUs without VNNI add two products in 16 bits, and 2 * 255 * 64 fits there. So every
     * CPU computes the same sums.
     */
    private static final int LARGEST_WEIGHT = 64;

    /** Leaves the 32-bit sum of a filter room for its products beside the bias. */
    private static final double LARGEST_BIAS = 1 << 30;

    /** The last feature map, (N, 2048, 7, 7), as the features' mean sees it: in floats that are levels of 8 bits. */
    static final String MAP = rounded(BackboneGraph.MAP);

    private static final String SCALE = ".scale";
    private static final String ZERO_POINT = ".zero_point";

    private final ActivationRanges ranges;
    private final Map<String, ActivationRanges.Quantisation> quantisations = new HashMap<>();
    private int activations;

    QuantisedArithmetic(ActivationRanges ranges) {
        this.ranges = ranges;
    }

    @Override
    public String convolution(OnnxGraph graph, String name, String input, FoldedConvolution convolution) {
        int filters = convolution.filters();
        long kernel = convolution.kernel();
        float inputScale = quantisation(input).scale();
        float[] scales = new float[filters];
        float[] biasScales = new float[filters];
        int[] bias = new int[filters];
        byte[] weight = new byte[convolution.weight().length];
        int size = weight.length / filters;
        for (int o = 0; o < filters; o++) {
            scales[o] = scale(convolution, o, size, inputScale);
            biasScales[o] = inputScale * scales[o];
            bias[o] = (int) Math.round(convolution.bias()[o] / (double) biasScales[o]);
            for (int i = o * size; i < (o + 1) * size; i++) {
                weight[i] = (byte) Math.round(convolution.weight()[i] / scales[o]);
            }
        }
        String weights = graph.node(
                "DequantizeLinear",
                name + ".weight",
                List.of(
                        graph.int8s(name + ".weight.int8", weight, filters, convolution.channels(), kernel, kernel),
                        graph.floats(name + ".weight" + SCALE, scales, filters),
                        graph.int8s(name + ".weight" + ZERO_POINT, new byte[filters], filters)),
                OnnxGraph.attribute("axis", 0));
        String biases = graph.node(
                "DequantizeLinear",
                name + ".bias",
                List.of(
                        graph.int32s(name + ".bias.int32", bias, filters),
                        graph.floats(name + ".bias" + SCALE, biasScales, filters)),
                OnnxGraph.attribute("axis", 0));
        return Arithmetic.convolution(graph, name, convolution, input, weights, biases);
    }

    @Override
    public String activation(OnnxGraph graph, String tensor) {
        ActivationRanges.Quantisation quantisation = ranges.quantisation(activations++);
        graph.floats(tensor + SCALE, new float[] {quantisation.scale()});
        graph.uint8(tensor + ZERO_POINT, quantisation.zeroPoint());
        quantisations.put(tensor, quantisation);
        return rounded(graph, tensor, tensor);
    }

    @Override
    public String activationLike(OnnxGraph graph, String tensor, String other) {
        return rounded(graph, tensor, other);
    }

    private String rounded(OnnxGraph graph, String tensor, String constants) {
        String scale = constants + SCALE;
        String zeroPoint = constants + ZERO_POINT;
        String quantised = graph.node("QuantizeLinear", tensor + ".uint8", List.of(tensor, scale, zeroPoint));
        String rounded = graph.node("DequantizeLinear", rounded(tensor), List.of(quantised, scale, zeroPoint));
        quantisations.put(rounded, quantisation(constants));
        return rounded;
    }

    private static String rounded(String tensor) {
        return tensor + ".rounded";
    }

    private ActivationRanges.Quantisation quantisation(String tensor) {
        ActivationRanges.Quantisation quantisation = quantisations.get(tensor);
        if (quantisation == null) {
            throw new IllegalArgumentException(tensor + " is not a quantised activation");
        }
        return quantisation;
    }

    /** The scale of a filter: its largest weight is 64, unless its bias needs a coarser one. */
    private static float scale(FoldedConvolution convolution, int filter, int size, float inputScale) {
        float largest = 0;
        for (int i = filter * size; i < (filter + 1) * size; i++) {
            largest = Math.max(largest, Math.abs(convolution.weight()[i]));
        }
        double forBias = Math.abs(convolution.bias()[filter]) / (inputScale * LARGEST_BIAS);
        return (float) Math.max(Math.max(largest / LARGEST_WEIGHT, forBias), Float.MIN_NORMAL);
    }
}
