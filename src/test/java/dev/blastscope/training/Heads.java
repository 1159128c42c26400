package dev.blastscope.training;

import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.safetensors.Tensor;
import java.util.Map;

/** Weights of heads for tests. */
final class Heads {

    private Heads() {}

    static HeadWeights embedded() {
        try {
            return HeadWeights.read(EmbeddedModel.open().files().heads());
        } catch (DamagedModel | InvalidWeights e) {
            throw new AssertionError(e);
        }
    }

    /** The Euclidean distance over all weights. */
    static double distance(HeadWeights one, HeadWeights other) {
        double squares = 0;
        for (Map.Entry<String, Tensor> entry : one.tensors().entrySet()) {
            float[] values = entry.getValue().values();
            float[] others = other.tensor(entry.getKey()).values();
            for (int i = 0; i < values.length; i++) {
                squares += Math.pow(values[i] - others[i], 2);
            }
        }
        return Math.sqrt(squares);
    }
}
