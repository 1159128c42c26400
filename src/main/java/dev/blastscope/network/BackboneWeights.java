package dev.blastscope.network;

import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.safetensors.Safetensors;
import dev.blastscope.safetensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a ResNet-50 by torchvision's names, checked to be complete, of the right shapes and finite.
 *
 * @param tensors 53 convolutions and 53 batch norms, 265 tensors
 */
public record BackboneWeights(Map<String, Tensor> tensors) {

    private static final Map<String, long[]> SHAPES = shapes();

    public BackboneWeights {
        tensors = Map.copyOf(tensors);
    }

    /**
     * Reads weights in torchvision's layout; a classifier ({@code fc.*}) and batch norm counters are ignored.
     *
     * @param file the bytes of a safetensors file, F32, F16 or BF16
     * @throws InvalidWeights if the file is damaged or is no ResNet-50; the message names the tensor
     */
    public static BackboneWeights read(byte[] file) throws InvalidWeights {
        Map<String, Tensor> tensors =
                Tensors.read(file, SHAPES, name -> name.startsWith("fc.") || name.endsWith(".num_batches_tracked"));
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            if (tensor.getKey().endsWith(".running_var")) {
                requirePositive(tensor.getKey(), tensor.getValue().values());
            }
        }
        return new BackboneWeights(tensors);
    }

    /** The weights as a safetensors file, F32. */
    public byte[] toSafetensors() {
        return Safetensors.write(tensors, Map.of("format", "pt", "architecture", "resnet50 v1.5"));
    }

    Tensor tensor(String name) {
        return Tensors.required(tensors, name);
    }

    static Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        convolution(shapes, "conv1", "bn1", ResNet50.STEM_CHANNELS, 3, 7);
        int channels = ResNet50.STEM_CHANNELS;
        int layer = 1;
        for (ResNet50.Stage stage : ResNet50.STAGES) {
            for (int block = 0; block < stage.blocks(); block++) {
                String prefix = "layer" + layer + "." + block + ".";
                convolution(shapes, prefix + "conv1", prefix + "bn1", stage.width(), channels, 1);
                convolution(shapes, prefix + "conv2", prefix + "bn2", stage.width(), stage.width(), 3);
                convolution(shapes, prefix + "conv3", prefix + "bn3", stage.channels(), stage.width(), 1);
                if (block == 0) {
                    String shortcut = prefix + "downsample.";
                    convolution(shapes, shortcut + "0", shortcut + "1", stage.channels(), channels, 1);
                }
                channels = stage.channels();
            }
            layer++;
        }
        return shapes;
    }

    private static void convolution(
            Map<String, long[]> shapes, String convolution, String norm, int filters, int channels, int kernel) {
        shapes.put(convolution + ".weight", new long[] {filters, channels, kernel, kernel});
        for (String parameter : new String[] {"weight", "bias", "running_mean", "running_var"}) {
            shapes.put(norm + "." + parameter, new long[] {filters});
        }
    }

    private static void requirePositive(String name, float[] variances) throws InvalidWeights {
        for (float variance : variances) {
            if (variance < 0) {
                throw new InvalidWeights("Tensor " + name + " holds the negative variance " + variance
                        + "; running variances are never negative. Export the weights again.");
            }
        }
    }
}
