package dev.blastscope.network.onnx;

import dev.blastscope.image.SmearImage;
import dev.blastscope.network.FeatureExtractor;
import dev.blastscope.network.LogitAttribution;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.ServingNetwork;
import dev.blastscope.network.ServingNetwork.Logits;
import dev.blastscope.prediction.Evidence;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Subtype;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The network as it serves on ONNX Runtime, on the CPU: backbone and both heads in one forward pass. */
public final class OnnxNetwork implements ServingNetwork {

    private final OnnxSession session;
    private final String map;
    private final LogitAttribution attribution;

    /** @throws NoSuchDevice if ONNX Runtime cannot be loaded */
    public OnnxNetwork(NetworkFile file) throws NoSuchDevice {
        session = new OnnxSession(file.toBytesWithMap());
        map = file.map();
        attribution = new LogitAttribution(file.heads());
    }

    @Override
    public List<Output> run(List<SmearImage> images, Predicate<SmearImage> explained) {
        boolean withMaps = images.stream().anyMatch(explained);
        List<Row> rows =
                Stream.generate(() -> new Row(withMaps)).limit(images.size()).toList();
        Set<String> outputs = new HashSet<>(Set.of(BackboneGraph.FEATURES, HeadGraph.MALIGNANCY, HeadGraph.SUBTYPE));
        if (withMaps) {
            outputs.add(map);
        }
        session.run(images, outputs, (name, flat) -> rows.forEach(row -> flat.get(row.of(name))));
        return IntStream.range(0, rows.size())
                .mapToObj(image -> output(rows.get(image), explained.test(images.get(image))))
                .toList();
    }

    private Output output(Row row, boolean explained) {
        return new Output(
                row.features,
                new Logits(row.malignancy, row.subtype),
                explained ? Optional.of(attribution.of(row.features, row.map)) : Optional.empty());
    }

    /** What the session gives of one image. */
    private static final class Row {

        private final float[] features = new float[FeatureExtractor.FEATURES];
        private final float[] malignancy = new float[Malignancy.values().length];
        private final float[] subtype = new float[Subtype.values().length];
        private final float[] map;

        Row(boolean withMap) {
            map = new float[withMap ? FeatureExtractor.FEATURES * Evidence.CELLS : 0];
        }

        float[] of(String output) {
            return switch (output) {
                case BackboneGraph.FEATURES -> features;
                case HeadGraph.MALIGNANCY -> malignancy;
                case HeadGraph.SUBTYPE -> subtype;
                default -> map;
            };
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
