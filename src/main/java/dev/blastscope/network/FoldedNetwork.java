package dev.blastscope.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.blastscope.image.SmearImage;
import dev.blastscope.network.ServingNetwork.Logits;
import java.util.List;

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
    public List<Logits> classify(List<SmearImage> images) {
        return FittingBatch.run(images, this::logits);
    }

    private List<Logits> logits(List<SmearImage> images) {
        try (NDManager scope = backbone.manager().newSubManager()) {
            NDArray features = backbone.forward(ImageToTensor.toTensor(scope, images)); // (N, 2048)
            return heads.forward(features);
        }
    }

    @Override
    public void close() {
        heads.close();
        backbone.close();
    }
}
