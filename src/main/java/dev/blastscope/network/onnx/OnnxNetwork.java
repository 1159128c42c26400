package dev.blastscope.network.onnx;

import dev.blastscope.image.SmearImage;
import dev.blastscope.network.FeatureExtractor;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.ServingNetwork;
import dev.blastscope.network.ServingNetwork.Logits;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Subtype;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The network as it serves on ONNX Runtime, on the CPU: backbone and both heads in one forward pass. */
public final class OnnxNetwork implements ServingNetwork {

    private final OnnxSession session;

    /** @throws NoSuchDevice if ONNX Runtime cannot be loaded */
    public OnnxNetwork(NetworkFile file) throws NoSuchDevice {
        session = new OnnxSession(file.toBytes());
    }

    @Override
    public List<Output> run(List<SmearImage> images) {
        List<Output> outputs =
                Stream.generate(OnnxNetwork::empty).limit(images.size()).toList();
        session.run(
                images,
                Set.of(BackboneGraph.FEATURES, HeadGraph.MALIGNANCY, HeadGraph.SUBTYPE),
                (name, flat) -> outputs.forEach(output -> flat.get(output(output, name))));
        return outputs;
    }

    private static Output empty() {
        return new Output(
                new float[FeatureExtractor.FEATURES],
                new Logits(new float[Malignancy.values().length], new float[Subtype.values().length]));
    }

    private static float[] output(Output output, String name) {
        return switch (name) {
            case HeadGraph.MALIGNANCY -> output.logits().malignancy();
            case HeadGraph.SUBTYPE -> output.logits().subtype();
            default -> output.features();
        };
    }

    @Override
    public void close() {
        session.close();
    }
}
