package dev.blastscope.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frozen ResNet-50, batch norm folded into its convolutions: images to (N, 2048) features.
 *
 * <p>Folding: {@code w' = w * gamma / sqrt(var + eps)}, {@code b' = beta - mean * gamma / sqrt(var + eps)} (Jacob et al.
 * 2018, arXiv 1712.05877, section 3.2), in double precision. Weights and activations lie channels-last in memory, the
 * layout in which oneDNN's convolutions are fastest. Safe for use by several threads until it is closed.
 */
public final class FoldedBackbone implements AutoCloseable {

    /** The length of a feature vector. */
    public static final int FEATURES = ResNet50.FEATURES;

    private static final double EPSILON = 1e-5;
    private static final Shape ONE = new Shape(1, 1);

    private final NDManager manager;
    private final Convolution stem;
    private final List<Residual> residuals = new ArrayList<>();

    /** Copies the weights to the device. */
    public FoldedBackbone(BackboneWeights weights, Device device) {
        manager = NativeRuntime.newManager(device);
        stem = fold(weights, "conv1", "bn1", 2);
        for (int layer = 1; layer <= ResNet50.STAGES.size(); layer++) {
            ResNet50.Stage stage = ResNet50.STAGES.get(layer - 1);
            for (int block = 0; block < stage.blocks(); block++) {
                String name = "layer" + layer + "." + block + ".";
                int stride = block == 0 ? stage.stride() : 1;
                residuals.add(new Residual(
                        fold(weights, name + "conv1", name + "bn1", 1),
                        fold(weights, name + "conv2", name + "bn2", stride),
                        fold(weights, name + "conv3", name + "bn3", 1),
                        block == 0 ? fold(weights, name + "downsample.0", name + "downsample.1", stride) : null));
            }
        }
    }

    /** The pooled features of each image, 2048 each, in the images' order. */
    public float[][] features(List<SmearImage> images) {
        try (NDManager scope = manager.newSubManager()) {
            float[] flat = forward(ImageToTensor.toTensor(scope, images)).toFloatArray();
            float[][] features = new float[images.size()][FEATURES];
            for (int i = 0; i < features.length; i++) {
                System.arraycopy(flat, i * FEATURES, features[i], 0, FEATURES);
            }
            return features;
        }
    }

    NDManager manager() {
        return manager;
    }

    /** (N, 3, 224, 224) to (N, 2048); the input is closed. */
    NDArray forward(NDArray images) {
        NDArray x = stem.relu(images); // (N, 64, 112, 112)
        images.close();
        NDArray h = Pool.maxPool2d(x, new Shape(3, 3), new Shape(2, 2), ONE, false); // (N, 64, 56, 56)
        x.close();
        for (Residual residual : residuals) {
            NDArray next = residual.forward(h);
            h.close();
            h = next;
        } // (N, 2048, 7, 7)
        NDArray features = Pool.globalAvgPool2d(h); // (N, 2048)
        h.close();
        return features;
    }

    @Override
    public void close() {
        manager.close();
    }

    private Convolution fold(BackboneWeights weights, String convolution, String norm, int stride) {
        Tensor weight = weights.tensor(convolution + ".weight"); // (O, I, K, K)
        long[] shape = weight.shape();
        int filters = (int) shape[0];
        int channels = (int) shape[1];
        int kernel = (int) shape[2];
        float[] from = weight.values();
        float[] gamma = weights.tensor(norm + ".weight").values();
        float[] beta = weights.tensor(norm + ".bias").values();
        float[] mean = weights.tensor(norm + ".running_mean").values();
        float[] variance = weights.tensor(norm + ".running_var").values();
        float[] folded = new float[from.length]; // (O, K, K, I): channels-last
        float[] bias = new float[filters];
        int area = kernel * kernel;
        for (int o = 0; o < filters; o++) {
            double scale = gamma[o] / Math.sqrt(variance[o] + EPSILON);
            bias[o] = (float) (beta[o] - mean[o] * scale);
            for (int i = 0; i < channels; i++) {
                for (int k = 0; k < area; k++) {
                    folded[(o * area + k) * channels + i] = (float) (from[(o * channels + i) * area + k] * scale);
                }
            }
        }
        return new Convolution(
                manager.create(folded, new Shape(filters, kernel, kernel, channels))
                        .transpose(0, 3, 1, 2),
                manager.create(bias, new Shape(filters)),
                new Shape(stride, stride),
                new Shape(kernel / 2, kernel / 2));
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
