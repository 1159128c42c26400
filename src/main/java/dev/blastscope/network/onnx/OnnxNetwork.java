package dev.blastscope.network.onnx;

import dev.blastscope.image.SmearImage;
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
    public List<Logits> classify(List<SmearImage> images) {
        List<Logits> logits = Stream.generate(
                        () -> new Logits(new float[Malignancy.values().length], new float[Subtype.values().length]))
                .limit(images.size())
                .toList();
        session.run(
                images,
                Set.of(HeadGraph.MALIGNANCY, HeadGraph.SUBTYPE),
                (head, flat) -> logits.forEach(
                        row -> flat.get(head.equals(HeadGraph.MALIGNANCY) ? row.malignancy() : row.subtype())));
        return logits;
    }

    @Override
    public void close() {
        session.close();
    }
}
