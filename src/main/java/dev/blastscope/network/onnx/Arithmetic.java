package dev.blastscope.network.onnx;

import dev.blastscope.network.FoldedConvolution;
import java.util.ArrayList;
import java.util.List;

/** The numbers that a graph computes in. */
interface Arithmetic {

    /** Adds a convolution; returns its output. */
    String convolution(OnnxGraph graph, String name, String input, FoldedConvolution convolution);

    /** Passes on what a layer computed; returns what the next one reads. */
    String activation(OnnxGraph graph, String tensor);

    /** As {@link #activation}, for a tensor with the very range of another. */
    String activationLike(OnnxGraph graph, String tensor, String other);

    static String convolution(
            OnnxGraph graph, String name, FoldedConvolution shape, String input, String weight, String bias) {
        long kernel = shape.kernel();
        long stride = shape.stride();
        long padding = shape.padding();
        return graph.node(
                "Conv",
                name,
                List.of(input, weight, bias),
                OnnxGraph.attribute("kernel_shape", new long[] {kernel, kernel}),
                OnnxGraph.attribute("strides", new long[] {stride, stride}),
                OnnxGraph.attribute("pads", new long[] {padding, padding, padding, padding}));
    }

    /** 32-bit floats all the way; records the activations that a quantised graph rounds. */
    final class Floats implements Arithmetic {

        private final List<String> activations = new ArrayList<>();

        /** The activations so far, in the order of the graph. */
        List<String> activations() {
            return List.copyOf(activations);
        }

        @Override
        public String convolution(OnnxGraph graph, String name, String input, FoldedConvolution convolution) {
            long kernel = convolution.kernel();
            String weight = graph.floats(
                    name + ".weight",
                    convolution.weight(),
                    convolution.filters(),
                    convolution.channels(),
                    kernel,
                    kernel);
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
}
