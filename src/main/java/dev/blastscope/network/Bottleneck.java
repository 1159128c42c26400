package dev.blastscope.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * A bottleneck block of ResNet v1.5: 1x1, 3x3 and 1x1 convolutions around a shortcut.
 *
 * <p>(N, C, H, W) to (N, 4 * width, H / stride, W / stride). Version 1.5 down-samples in the 3x3 convolution (He et al.
 * 2015, arXiv 1512.03385, as in torchvision). Intermediates are closed as soon as the next one exists: the native
 * memory of a forward pass is then that of a few feature maps and not of all of them. PyTorch itself keeps what a
 * backward pass needs.
 */
final class Bottleneck extends AbstractBlock {

    static final int EXPANSION = 4;

    private final Block conv1;
    private final Block bn1;
    private final Block conv2;
    private final Block bn2;
    private final Block conv3;
    private final Block bn3;
    private final @Nullable Downsample downsample;

    Bottleneck(int channels, int width, int stride) {
        conv1 = addChildBlock("conv1", convolution(width, 1, 1));
        bn1 = addChildBlock("bn1", BatchNorm.builder().build());
        conv2 = addChildBlock("conv2", convolution(width, 3, stride));
        bn2 = addChildBlock("bn2", BatchNorm.builder().build());
        conv3 = addChildBlock("conv3", convolution(EXPANSION * width, 1, 1));
        bn3 = addChildBlock("bn3", BatchNorm.builder().build());
        downsample = stride != 1 || channels != EXPANSION * width
                ? addChildBlock("downsample", new Downsample(EXPANSION * width, stride))
                : null;
    }

    static Conv2d convolution(int filters, int kernel, int stride) {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .optBias(false)
                .build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        Pass pass = new Pass(store, training);
        NDArray x = inputs.singletonOrThrow();
        NDArray identity = downsample == null ? x : pass.keep(downsample, x);
        NDArray h = pass.relu(pass.then(bn1, pass.keep(conv1, x))); // (N, width, H, W)
        h = pass.relu(pass.then(bn2, pass.then(conv2, h))); // (N, width, H / stride, W / stride)
        h = pass.then(bn3, pass.then(conv3, h)); // (N, 4 * width, H / stride, W / stride)
        NDArray sum = h.add(identity);
        h.close();
        if (identity != x) {
            identity.close();
        }
        return new NDList(pass.relu(sum));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape[] shapes = inputs;
        for (Block child : new Block[] {conv1, bn1, conv2, bn2, conv3, bn3}) {
            child.initialize(manager, type, shapes);
            shapes = child.getOutputShapes(shapes);
        }
        if (downsample != null) {
            downsample.initialize(manager, type, inputs);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return conv3.getOutputShapes(conv2.getOutputShapes(conv1.getOutputShapes(inputs)));
    }

    /** The projection of a shortcut whose shape changes. */
    private static final class Downsample extends AbstractBlock {

        private final Block convolution;
        private final Block norm;

        Downsample(int filters, int stride) {
            convolution = addChildBlock("0", convolution(filters, 1, stride));
            norm = addChildBlock("1", BatchNorm.builder().build());
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
            Pass pass = new Pass(store, training);
            return new NDList(pass.then(norm, pass.keep(convolution, inputs.singletonOrThrow())));
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            convolution.initialize(manager, type, inputs);
            norm.initialize(manager, type, convolution.getOutputShapes(inputs));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return convolution.getOutputShapes(inputs);
        }
    }
}
