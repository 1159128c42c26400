package dev.blastscope.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import dev.blastscope.image.SmearImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frozen ResNet-50 on PyTorch, batch norm folded into its convolutions: images to (N, 2048) features.
 *
 * <p>Weights and activations lie channels-last in memory, the layout in which oneDNN's convolutions are fastest.
 */
public final class FoldedBackbone implements FeatureExtractor {

    private static final Shape ONE = new Shape(1, 1);

    private final NDManager manager;
    private final Convolution stem;
    private final List<Residual> residuals = new ArrayList<>();

    /** Copies the weights to the device. */
    public FoldedBackbone(BackboneWeights weights, Device device) {
        manager = NativeRuntime.newManager(device);
        FoldedResNet50 network = new FoldedResNet50(weights);
        stem = convolution(network.stem());
        for (FoldedResNet50.Block block : network.blocks()) {
            residuals.add(new Residual(
                    convolution(block.first()),
                    convolution(block.second()),
                    convolution(block.third()),
                    block.shortcut().map(this::convolution).orElse(null)));
        }
    }

    @Override
    public float[][] features(List<SmearImage> images) {
        return FittingBatch.run(images, this::rows).toArray(float[][]::new);
    }

    private List<float[]> rows(List<SmearImage> images) {
        try (NDManager scope = manager.newSubManager()) {
            return rows(forward(ImageToTensor.toTensor(scope, images)));
        }
    }

    /** (N, ...) to N rows in plain Java. */
    static List<float[]> rows(NDArray batch) {
        float[] flat = batch.toFloatArray();
        int size = flat.length / (int) batch.getShape().get(0);
        List<float[]> rows = new ArrayList<>();
        for (int at = 0; at < flat.length; at += size) {
            rows.add(Arrays.copyOfRange(flat, at, at + size));
        }
        return rows;
    }

    NDManager manager() {
        return manager;
    }

    /** (N, 3, 224, 224) to (N, 2048); the input is closed. */
    NDArray forward(NDArray images) {
        try (NDArray map = map(images)) {
            return pooled(map);
        }
    }

    /** (N, 2048, 7, 7) to (N, 2048). */
    static NDArray pooled(NDArray map) {
        return Pool.globalAvgPool2d(map);
    }

    /** (N, 3, 224, 224) to the last feature map, (N, 2048, 7, 7); the input is closed. */
    NDArray map(NDArray images) {
        NDArray x = stem.relu(images); // (N, 64, 112, 112)
        images.close();
        NDArray h = Pool.maxPool2d(x, new Shape(3, 3), new Shape(2, 2), ONE, false); // (N, 64, 56, 56)
        x.close();
        for (Residual residual : residuals) {
            NDArray next = residual.forward(h);
            h.close();
            h = next;
        } // (N, 2048, 7, 7)
        return h;
    }

    @Override
    public void close() {
        manager.close();
    }

    private Convolution convolution(FoldedConvolution folded) {
        int kernel = folded.kernel();
        return new Convolution(
                manager.create(folded.channelsLast(), new Shape(folded.filters(), kernel, kernel, folded.channels()))
                        .transpose(0, 3, 1, 2),
                manager.create(folded.bias(), new Shape(folded.filters())),
                new Shape(folded.stride(), folded.stride()),
                new Shape(folded.padding(), folded.padding()));
    }

    private record Convolution(NDArray weight, NDArray bias, Shape stride, Shape padding) {

        NDArray apply(NDArray x) {
            return Conv2d.conv2d(x, weight, bias, stride, padding, ONE, 1).singletonOrThrow();
        }

        NDArray relu(NDArray x) {
            try (NDArray y = apply(x)) {
                return Activation.relu(y);
            }
        }
    }

    private record Residual(
            Convolution first,
            Convolution second,
            Convolution third,
            @Nullable Convolution shortcut) {

        NDArray forward(NDArray x) {
            try (NDArray h1 = first.relu(x);
                    NDArray h2 = second.relu(h1);
                    NDArray h3 = third.apply(h2)) {
                if (shortcut == null) {
                    return Activation.relu(h3.addi(x));
                }
                try (NDArray identity = shortcut.apply(x)) {
                    return Activation.relu(h3.addi(identity));
                }
            }
        }
    }
}
