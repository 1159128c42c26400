package dev.blastscope.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.blastscope.safetensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** PyTorch's names for the parameters of a block, so that weights go in and out under the names the field knows. */
final class ParameterNames {

    private static final Map<String, String> PYTORCH =
            Map.of("gamma", "weight", "beta", "bias", "runningMean", "running_mean", "runningVar", "running_var");

    /** DJL numbers a child block by two digits in front of its name. */
    private static final int CHILD_NUMBER_DIGITS = 2;

    private ParameterNames() {}

    /** The parameters of a block and its descendants by PyTorch's names, in the order of the block. */
    static Map<String, Parameter> of(Block block) {
        Map<String, Parameter> names = new LinkedHashMap<>();
        collect(block, "", names);
        return names;
    }

    /** Puts values into a block that is not initialised yet. */
    static void load(NDManager manager, Block block, Map<String, Tensor> tensors) {
        of(block).forEach((name, parameter) -> {
            Tensor tensor = Tensors.required(tensors, name);
            parameter.setArray(manager.create(tensor.values(), new Shape(tensor.shape())));
        });
    }

    /** Copies the values out of a block. */
    static Map<String, Tensor> read(Block block) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        of(block).forEach((name, parameter) -> {
            NDArray array = parameter.getArray();
            tensors.put(name, new Tensor(array.getShape().getShape(), array.toFloatArray()));
        });
        return tensors;
    }

    private static void collect(Block block, String prefix, Map<String, Parameter> names) {
        block.getDirectParameters()
                .forEach(pair ->
                        names.put(prefix + PYTORCH.getOrDefault(pair.getKey(), pair.getKey()), pair.getValue()));
        block.getChildren()
                .forEach(pair ->
                        collect(pair.getValue(), prefix + pair.getKey().substring(CHILD_NUMBER_DIGITS) + ".", names));
    }
}
