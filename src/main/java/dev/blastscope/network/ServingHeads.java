package dev.blastscope.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import dev.blastscope.network.ServingNetwork.Logits;
import dev.blastscope.safetensors.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Both heads as they serve, without dropout: features to logits, plain Java in and out.
 *
 * <p>Safe for use by several threads until it is closed; closing frees the native memory.
 */
public final class ServingHeads implements AutoCloseable {

    private final NDManager manager;
    private final Head malignancy;
    private final Head subtype;

    /** Copies the weights to the device. */
    public ServingHeads(HeadWeights weights, Device device) {
        manager = NativeRuntime.newManager(device);
        malignancy = head(weights, "malignancy");
        subtype = head(weights, "subtype");
    }

    /** The logits of each image from its 2,048 features, in the images' order. */
    public List<Logits> classify(float[][] features) {
        try (NDManager scope = manager.newSubManager()) {
            return forward(scope.create(features));
        }
    }

    /** (N, 2048) to N times both heads' logits. */
    List<Logits> forward(NDArray features) {
        int images = (int) features.getShape().get(0);
        float[] ofMalignancy = malignancy.forward(features); // (N, 2)
        float[] ofSubtype = subtype.forward(features); // (N, 3)
        List<Logits> logits = new ArrayList<>(images);
        for (int i = 0; i < images; i++) {
            logits.add(new Logits(row(ofMalignancy, i, images), row(ofSubtype, i, images)));
        }
        return logits;
    }

    @Override
    public void close() {
        manager.close();
    }

    private static float[] row(float[] matrix, int row, int rows) {
        int columns = matrix.length / rows;
        return Arrays.copyOfRange(matrix, row * columns, (row + 1) * columns);
    }

    private Head head(HeadWeights weights, String name) {
        return new Head(
                tensor(weights, name + ".0.weight"),
                tensor(weights, name + ".0.bias"),
                tensor(weights, name + ".3.weight"),
                tensor(weights, name + ".3.bias"));
    }

    private NDArray tensor(HeadWeights weights, String name) {
        Tensor tensor = weights.tensor(name);
        return manager.create(tensor.values(), new Shape(tensor.shape()));
    }

    private record Head(NDArray hiddenWeight, NDArray hiddenBias, NDArray weight, NDArray bias) {

        float[] forward(NDArray features) {
            try (NDArray hidden =
                            Linear.linear(features, hiddenWeight, hiddenBias).singletonOrThrow();
                    NDArray active = Activation.relu(hidden); // (N, 256)
                    NDArray logits = Linear.linear(active, weight, bias).singletonOrThrow()) {
                return logits.toFloatArray();
            }
        }
    }
}
