package dev.blastscope.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.blastscope.image.SmearImage;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The network as it serves on PyTorch: folded backbone and both heads in one forward pass. */
public final class FoldedNetwork implements ServingNetwork {

    private final FoldedBackbone backbone;
    private final ServingHeads heads;
    private final LogitAttribution attribution;

    /** Copies the weights to the device. */
    public FoldedNetwork(BackboneWeights backboneWeights, HeadWeights headWeights, Device device) {
        backbone = new FoldedBackbone(backboneWeights, device);
        heads = new ServingHeads(headWeights, device);
        attribution = new LogitAttribution(headWeights);
    }

    @Override
    public List<Output> run(List<SmearImage> images, Predicate<SmearImage> explained) {
        return FittingBatch.run(images, batch -> outputs(batch, explained));
    }

    private List<Output> outputs(List<SmearImage> images, Predicate<SmearImage> explained) {
        try (NDManager scope = backbone.manager().newSubManager()) {
            NDArray map = backbone.map(ImageToTensor.toTensor(scope, images)); // (N, 2048, 7, 7)
            NDArray features = FoldedBackbone.pooled(map); // (N, 2048)
            List<float[]> rows = FoldedBackbone.rows(features);
            List<Logits> logits = heads.forward(features);
            List<float[]> maps = images.stream().anyMatch(explained) ? FoldedBackbone.rows(map) : List.of();
            return IntStream.range(0, rows.size())
                    .mapToObj(image -> new Output(
                            rows.get(image),
                            logits.get(image),
                            explained.test(images.get(image))
                                    ? Optional.of(attribution.of(rows.get(image), maps.get(image)))
                                    : Optional.empty()))
                    .toList();
        }
    }

    @Override
    public void close() {
        heads.close();
        backbone.close();
    }
}
