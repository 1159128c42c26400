package dev.blastscope.network;

import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.safetensors.Safetensors;
import dev.blastscope.safetensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Tensors by name. */
final class Tensors {

    private Tensors() {}

    /**
     * Reads exactly these tensors from a safetensors file.
     *
     * @param ignored names that may be there besides
     * @throws InvalidWeights if the file is damaged or does not fit; the message names the tensor
     */
    static Map<String, Tensor> read(byte[] file, Map<String, long[]> shapes, Predicate<String> ignored)
            throws InvalidWeights {
        Safetensors safetensors = Safetensors.parse(file);
        safetensors.fit(shapes, ignored);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, long[]> expected : shapes.entrySet()) {
            tensors.put(expected.getKey(), new Tensor(expected.getValue(), safetensors.floats(expected.getKey())));
        }
        return tensors;
    }

    static Tensor required(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("There is no tensor " + name);
        }
        return tensor;
    }
}
