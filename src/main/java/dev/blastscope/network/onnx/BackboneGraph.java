package dev.blastscope.network.onnx;

import dev.blastscope.image.SmearImage;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.FeatureExtractor;
import dev.blastscope.network.FoldedConvolution;
import dev.blastscope.network.FoldedResNet50;
import java.util.List;

/** Writes ResNet-50, batch norm folded into its convolutions, as a graph from images to features. */
final class BackboneGraph {

    static final String IMAGES = "images";
    static final String FEATURES = "features";

    /** The last feature map, (N, 2048, 7, 7), of a graph in floats. */
    static final String MAP = "layer4.2.sum.relu";

    private final OnnxGraph graph = OnnxGraph.named("resnet50");
    private final Arithmetic arithmetic;

    private BackboneGraph(Arithmetic arithmetic) {
        this.arithmetic = arithmetic;
    }

    /** (N, 3, 224, 224) to (N, 2048). */
    static OnnxGraph of(BackboneWeights weights, Arithmetic arithmetic) {
        return new BackboneGraph(arithmetic).write(new FoldedResNet50(weights));
    }

    private OnnxGraph write(FoldedResNet50 network) {
        graph.input(IMAGES, 3, SmearImage.SIDE, SmearImage.SIDE);
        String h = pooled(relu("conv1", arithmetic.activation(graph, IMAGES), network.stem())); // (N, 64, 56, 56)
        for (FoldedResNet50.Block block : network.blocks()) {
            h = residual(block, h);
        } // (N, 2048, 7, 7)
        h = graph.node("GlobalAveragePool", "pool", List.of(h)); // (N, 2048, 1, 1)
        graph.node("Flatten", FEATURES, List.of(h));
        graph.output(FEATURES, FeatureExtractor.FEATURES);
        return graph;
    }

    private String pooled(String x) {
        String largest = graph.node(
                "MaxPool",
                "maxpool",
                List.of(x),
                OnnxGraph.attribute("kernel_shape", new long[] {3, 3}),
                OnnxGraph.attribute("strides", new long[] {2, 2}),
                OnnxGraph.attribute("pads", new long[] {1, 1, 1, 1}));
        return arithmetic.activationLike(graph, largest, "conv1.relu");
    }

    private String residual(FoldedResNet50.Block block, String x) {
        String name = block.name();
        String h = relu(name + ".conv1", x, block.first());
        h = relu(name + ".conv2", h, block.second());
        h = linear(name + ".conv3", h, block.third());
        String shortcut = block.shortcut()
                .map(projection -> linear(name + ".downsample", x, projection))
                .orElse(x);
        return relu(graph.node("Add", name + ".sum", List.of(h, shortcut)));
    }

    private String relu(String name, String input, FoldedConvolution convolution) {
        return relu(arithmetic.convolution(graph, name, input, convolution));
    }

    private String relu(String tensor) {
        return arithmetic.activation(graph, graph.node("Relu", tensor + ".relu", List.of(tensor)));
    }

    private String linear(String name, String input, FoldedConvolution convolution) {
        return arithmetic.activation(graph, arithmetic.convolution(graph, name, input, convolution));
    }
}
