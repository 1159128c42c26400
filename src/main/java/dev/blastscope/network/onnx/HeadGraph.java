package dev.blastscope.network.onnx;

import dev.blastscope.network.HeadWeights;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.safetensors.Tensor;
import java.util.List;

/** Continues a backbone's graph by both heads: features to logits. */
final class HeadGraph {

    static final String MALIGNANCY = "malignancy";
    static final String SUBTYPE = "subtype";

    private HeadGraph() {}

    static void append(OnnxGraph graph, HeadWeights weights) {
        append(graph, weights, MALIGNANCY, Malignancy.values().length);
        append(graph, weights, SUBTYPE, Subtype.values().length);
    }

    private static void append(OnnxGraph graph, HeadWeights weights, String head, int classes) {
        String hidden = linear(graph, weights, head + ".0", BackboneGraph.FEATURES, head + ".hidden"); // (N, 256)
        String active = graph.node("Relu", head + ".relu", List.of(hidden));
        linear(graph, weights, head + ".3", active, head);
        graph.output(head, classes);
    }

    private static String linear(OnnxGraph graph, HeadWeights weights, String layer, String input, String output) {
        Tensor weight = weights.tensor(layer + ".weight");
        Tensor bias = weights.tensor(layer + ".bias");
        return graph.node(
                "Gemm",
                output,
                List.of(
                        input,
                        graph.floats(layer + ".weight", weight.values(), weight.shape()),
                        graph.floats(layer + ".bias", bias.values(), bias.shape())),
                OnnxGraph.attribute("transB", 1));
    }
}
