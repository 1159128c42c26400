package dev.blastscope.network.onnx;

import dev.blastscope.network.FoldedConvolution;
import java.util.ArrayList;
import java.util.List;

/** 32-bit floats all the way; notes the activations that a quantised graph rounds. */
final class FloatArithmetic implements Arithmetic {

    private final List<String> activations = new ArrayList<>();

    /** The activations so far, in the order of the graph. */
    List<String> activations() {
        return List.copyOf(activations);
    }

    @Override
    public String convolution(OnnxGraph graph, String name, String input, FoldedConvolution convolution) {
        long kernel = convolution.kernel();
        String weight = graph.floats(
                name + ".weight", convolution.weight(), convolution.filters(), convolution.channels(), kernel, kernel);
        String bias = graph.floats(name + ".bias", convolution.bias(), convolution.filters());
        return Arithmetic.convolution(graph, name, convolution, input, weight, bias);
    }

    @Override
    public String activation(OnnxGraph graph, String tensor) {
        activations.add(tensor);
        return tensor;
    }

    @Override
    public String activationLike(OnnxGraph graph, String tensor, String other) {
        return tensor;
    }
}
