package dev.blastscope.network.onnx;

import dev.blastscope.network.FoldedConvolution;
import java.util.List;

/** In which numbers a graph computes. */
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
}
