package dev.blastscope.network.onnx;

import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.safetensors.InvalidWeights;
import java.util.Map;
import java.util.Optional;

/**
 * The whole network as an ONNX model: input {@code images} (N, 3, 224, 224), outputs {@code features} (N, 2048),
 * {@code malignancy} (N, 2) and {@code subtype} (N, 3), the latter two logits.
 */
public final class NetworkFile {

    private final OnnxGraph graph;
    private final String map;
    private final HeadWeights heads;

    private NetworkFile(OnnxGraph backbone, String map, HeadWeights heads) {
        this.map = map;
        this.heads = heads;
        graph = backbone;
        HeadGraph.append(graph, heads);
    }

    /** In 32-bit floats. */
    public static NetworkFile of(BackboneWeights backbone, HeadWeights heads) {
        return new NetworkFile(BackboneGraph.of(backbone, new Arithmetic.Floats()), BackboneGraph.MAP, heads);
    }

    /**
     * An int8 backbone with fp32 heads.
     *
     * @throws IllegalArgumentException if the backbone's file is no ONNX model
     */
    public static NetworkFile of(QuantisedBackbone backbone, HeadWeights heads) {
        return new NetworkFile(OnnxGraph.parse(backbone.file()), QuantisedArithmetic.MAP, heads);
    }

    /**
     * The network of a model, in the numbers that its heads know.
     *
     * @throws InvalidWeights if the model's files do not make a network; the message says why
     */
    public static NetworkFile of(ModelFiles files, ModelCard card) throws InvalidWeights {
        HeadWeights heads = HeadWeights.read(files.heads());
        Optional<QuantisedBackbone> quantised = QuantisedBackbone.of(files, card);
        return quantised.isPresent() ? of(quantised.get(), heads) : of(BackboneWeights.read(files.backbone()), heads);
    }

    /** The file's bytes with one output more, {@link #map}. */
    byte[] toBytesWithMap() {
        return graph.exposing(map).toBytes();
    }

    /** The name of the last feature map, (N, 2048, 7, 7). */
    String map() {
        return map;
    }

    HeadWeights heads() {
        return heads;
    }

    /** The file's bytes, with facts for its readers in its metadata. */
    public byte[] toBytes(Map<String, String> metadata) {
        return graph.toBytes(metadata);
    }
}
