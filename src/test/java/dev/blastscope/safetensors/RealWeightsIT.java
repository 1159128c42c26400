package dev.blastscope.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = "BLASTSCOPE_DATA",
        matches = ".+",
        disabledReason = "BLASTSCOPE_DATA names no folder of real data, beside which the weights lie")
class RealWeightsIT {

    private static final Path WEIGHTS = Path.of(String.valueOf(System.getenv("BLASTSCOPE_DATA")), "..", "weights");

    @Test
    void theImageNetWeightsFitTheirOwnShapesOnceTheClassifierIsIgnored() throws IOException, InvalidWeights {
        Safetensors weights = Safetensors.parse(Files.readAllBytes(WEIGHTS.resolve("resnet50-imagenet.safetensors")));
        Map<String, long[]> expected = shapes(weights);
        assertThat(expected).hasSize(267);
        expected.keySet().removeIf(name -> name.startsWith("fc."));
        weights.fit(expected, name -> name.startsWith("fc."));
        assertThat(weights.shape("conv1.weight")).containsExactly(64, 3, 7, 7);
        assertThat(elements(weights)).isEqualTo(25_557_032 + 2 * 26_560);
    }

    @Test
    void theEmbeddedBackboneIsTheHalfPrecisionFileThatItsCardDescribes() throws IOException, InvalidWeights {
        byte[] file = Files.readAllBytes(WEIGHTS.resolve("blastscope-backbone.safetensors"));
        Safetensors weights = Safetensors.parse(file);
        assertThat(weights.names()).hasSize(265);
        assertThat(weights.metadata()).containsEntry("name", "blastscope-backbone-1");
        assertThat(elements(weights)).isEqualTo(23_508_032 + 2 * 26_560);
    }

    @Test
    void realWeightsSurviveBeingWrittenAndReadAgain() throws IOException, InvalidWeights {
        byte[] original = Files.readAllBytes(WEIGHTS.resolve("resnet50-imagenet.safetensors"));
        Safetensors weights = Safetensors.parse(original);
        Map<String, Tensor> tensors = new HashMap<>();
        for (String name : weights.names()) {
            tensors.put(name, new Tensor(weights.shape(name), weights.floats(name)));
        }
        byte[] written = Safetensors.write(tensors, weights.metadata());
        assertThat(written).hasSize(original.length);
        int body = original.length - Math.toIntExact(4 * elements(weights));
        assertThat(Arrays.mismatch(original, body, original.length, written, body, written.length))
                .isEqualTo(-1);
    }

    private static Map<String, long[]> shapes(Safetensors weights) {
        Map<String, long[]> shapes = new HashMap<>();
        weights.names().forEach(name -> shapes.put(name, weights.shape(name)));
        return shapes;
    }

    private static long elements(Safetensors weights) throws InvalidWeights {
        long elements = 0;
        for (String name : weights.names()) {
            elements += weights.floats(name).length;
        }
        return elements;
    }
}
