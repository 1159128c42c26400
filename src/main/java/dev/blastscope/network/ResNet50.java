package dev.blastscope.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ResNet-50 v1.5 without its classifier: (N, 3, 224, 224) normalised images to (N, 2048) pooled features.
 *
 * <p>He et al. 2015, arXiv 1512.03385; torchvision's layout and parameter names ({@code layer1.0.conv1.weight}, ...).
 */
final class ResNet50 extends AbstractBlock {

    static final int FEATURES = 2048;
    static final int STEM_CHANNELS = 64;
    static final List<Stage> STAGES =
            List.of(new Stage(64, 3, 1), new Stage(128, 4, 2), new Stage(256, 6, 2), new Stage(512, 3, 2));

    private final Block conv1 = addChildBlock("conv1", stemConvolution());
    private final Block bn1 = addChildBlock("bn1", BatchNorm.builder().build());
    private final List<Layer> layers = new ArrayList<>();
    private final Freeze freeze;

    ResNet50(Freeze freeze) {
        this.freeze = freeze;
        int channels = STEM_CHANNELS;
        for (Stage stage : STAGES) {
            layers.add(addChildBlock("layer" + (layers.size() + 1), new Layer(channels, stage)));
            channels = stage.channels();
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        // A frozen part runs as in serving even while training: else its batch norm statistics would drift.
        Pass stem = new Pass(store, training && !freeze.freezesStem());
        NDArray x = stem.relu(stem.then(bn1, stem.keep(conv1, inputs.singletonOrThrow()))); // (N, 64, 112, 112)
        NDArray h = Pool.maxPool2d(x, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false); // (N, 64, 56, 56)
        x.close();
        for (int i = 0; i < layers.size(); i++) {
            h = new Pass(store, training && !freeze.freezesLayer(i + 1)).then(layers.get(i), h);
        } // (N, 2048, 7, 7)
        NDArray features = Pool.globalAvgPool2d(h); // (N, 2048)
        h.close();
        return new NDList(features);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        conv1.initialize(manager, type, inputs);
        Shape[] shapes = conv1.getOutputShapes(inputs);
        bn1.initialize(manager, type, shapes);
        shapes = new Shape[] {
            new Shape(shapes[0].get(0), STEM_CHANNELS, (shapes[0].get(2) + 1) / 2, (shapes[0].get(3) + 1) / 2)
        };
        for (Layer layer : layers) {
            layer.initialize(manager, type, shapes);
            shapes = layer.getOutputShapes(shapes);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), FEATURES)};
    }

    private static Block stemConvolution() {
        return Bottleneck.convolution(STEM_CHANNELS, 7, 2);
    }

    /** The plan of a layer: its inner width, its number of blocks and the stride of the first. */
    record Stage(int width, int blocks, int stride) {

        int channels() {
            return Bottleneck.EXPANSION * width;
        }
    }

    /** A run of bottleneck blocks of one width. */
    private static final class Layer extends AbstractBlock {

        private final List<Bottleneck> blocks = new ArrayList<>();

        Layer(int channels, Stage stage) {
            for (int i = 0; i < stage.blocks(); i++) {
                blocks.add(addChildBlock(
                        Integer.toString(i),
                        new Bottleneck(
                                i == 0 ? channels : stage.channels(), stage.width(), i == 0 ? stage.stride() : 1)));
            }
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
            Pass pass = new Pass(store, training);
            NDArray x = pass.keep(blocks.get(0), inputs.singletonOrThrow());
            for (Bottleneck block : blocks.subList(1, blocks.size())) {
                x = pass.then(block, x);
            }
            return new NDList(x);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            Shape[] shapes = inputs;
            for (Bottleneck block : blocks) {
                block.initialize(manager, type, shapes);
                shapes = block.getOutputShapes(shapes);
            }
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            Shape[] shapes = inputs;
            for (Bottleneck block : blocks) {
                shapes = block.getOutputShapes(shapes);
            }
            return shapes;
        }
    }
}
