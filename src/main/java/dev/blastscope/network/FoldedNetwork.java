package dev.blastscope.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.blastscope.image.SmearImage;
import java.util.List;
import java.util.stream.IntStream;

/** The network as it serves on PyTorch: folded backbone and both heads in one forward pass. */
public final class FoldedNetwork implements ServingNetwork {

    private final FoldedBackbone backbone;
    private final ServingHeads heads;

    /** Copies the weights to the device. */
    public FoldedNetwork(BackboneWeights backboneWeights, HeadWeights headWeights, Device device) {
        backbone = new FoldedBackbone(backboneWeights, device);
        heads = new ServingHeads(headWeights, device);
    }

    @Override
    public List<Output> run(List<SmearImage> images) {
        return FittingBatch.run(images, this::outputs);
    }

    private List<Output> outputs(List<SmearImage> images) {
        try (NDManager scope = backbone.manager().newSubManager()) {
            NDArray features = backbone.forward(ImageToTensor.toTensor(scope, images)); // (N, 2048)
            List<float[]> rows = FoldedBackbone.rows(features);
            List<Logits> logits = heads.forward(features);
            return IntStream.range(0, rows.size())
                    .mapToObj(image -> new Output(rows.get(image), logits.get(image)))
                    .toList();
        }
    }

    @Override
    public void close() {
        heads.close();
        backbone.close();
    }
}
