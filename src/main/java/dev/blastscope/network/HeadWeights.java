package dev.blastscope.network;

import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.safetensors.Safetensors;
import dev.blastscope.safetensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of the two heads, checked to be complete, of the right shapes and finite.
 *
 * @param tensors {@code malignancy.0.weight} (256, 2048), {@code malignancy.3.weight} (2, 256), their biases, and the
 *     same for {@code subtype} with 3 outputs
 */
public record HeadWeights(Map<String, Tensor> tensors) {

    private static final Map<String, long[]> SHAPES = shapes();

    public HeadWeights {
        tensors = Map.copyOf(tensors);
    }

    /**
     * Reads the two heads.
     *
     * @throws InvalidWeights if the file is damaged or holds other heads; the message names the tensor
     */
    public static HeadWeights read(byte[] file) throws InvalidWeights {
        return new HeadWeights(Tensors.read(file, SHAPES, name -> false));
    }

    /** Copies the weights out of initialised heads. */
    public static HeadWeights of(MultitaskHeads heads) {
        return new HeadWeights(ParameterNames.read(heads));
    }

    /** The weights as a safetensors file, F32. */
    public byte[] toSafetensors() {
        return Safetensors.write(tensors, Map.of("format", "pt", "architecture", "blastscope heads"));
    }

    /**
     * One of the tensors.
     *
     * @throws IllegalArgumentException if there is no tensor of this name
     */
    public Tensor tensor(String name) {
        return Tensors.required(tensors, name);
    }

    static Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        head(shapes, "malignancy", Malignancy.values().length);
        head(shapes, "subtype", Subtype.values().length);
        return shapes;
    }

    private static void head(Map<String, long[]> shapes, String name, int classes) {
        shapes.put(name + ".0.weight", new long[] {ClassificationHead.HIDDEN, ResNet50.FEATURES});
        shapes.put(name + ".0.bias", new long[] {ClassificationHead.HIDDEN});
        shapes.put(name + ".3.weight", new long[] {classes, ClassificationHead.HIDDEN});
        shapes.put(name + ".3.bias", new long[] {classes});
    }
}
