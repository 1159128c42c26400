package dev.blastscope.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ResNet-50 as it is served: its convolutions in the order of the data, each folded at the moment it is asked for. */
public record FoldedResNet50(BackboneWeights weights) {

    /** The 7x7 convolution before the max pooling. */
    public FoldedConvolution stem() {
        return FoldedConvolution.of(weights, "conv1", "bn1", 2);
    }

    /** The 16 bottleneck blocks. */
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int layer = 1; layer <= ResNet50.STAGES.size(); layer++) {
            ResNet50.Stage stage = ResNet50.STAGES.get(layer - 1);
            for (int block = 0; block < stage.blocks(); block++) {
                blocks.add(
                        new Block(weights, "layer" + layer + "." + block, block == 0 ? stage.stride() : 1, block == 0));
            }
        }
        return blocks;
    }

    /**
     * Three convolutions around a shortcut: relu, relu, then relu of the sum.
     *
     * @param name torchvision's, such as layer1.0
     * @param projects whether the shortcut is a convolution too
     */
    public record Block(BackboneWeights weights, String name, int stride, boolean projects) {

        public FoldedConvolution first() {
            return fold("conv1", "bn1", 1);
        }

        public FoldedConvolution second() {
            return fold("conv2", "bn2", stride);
        }

        public FoldedConvolution third() {
            return fold("conv3", "bn3", 1);
        }

        public Optional<FoldedConvolution> shortcut() {
            return projects ? Optional.of(fold("downsample.0", "downsample.1", stride)) : Optional.empty();
        }

        private FoldedConvolution fold(String convolution, String norm, int by) {
            return FoldedConvolution.of(weights, name + "." + convolution, name + "." + norm, by);
        }
    }
}
