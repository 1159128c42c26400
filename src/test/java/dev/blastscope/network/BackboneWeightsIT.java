package dev.blastscope.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import dev.blastscope.image.SmearImage;
import dev.blastscope.safetensors.InvalidWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backbone's file as others may send it: of any type, with more in it than is needed, or not to be trusted. */
class BackboneWeightsIT {

    private static BackboneFile whole;

    @BeforeAll
    static void read() throws Exception {
        whole = BackboneFile.read(Networks.backboneFile());
    }

    @Test
    void aClassifierAndCountersAreIgnored() throws Exception {
        BackboneFile more = whole.copy();
        more.put("fc.weight", "F32", new long[] {1000, 4}, new byte[16_000]);
        more.put("fc.bias", "F32", new long[] {1000}, new byte[4000]);
        more.put("bn1.num_batches_tracked", "I64", new long[] {}, new byte[8]);
        more.put("layer4.2.bn3.num_batches_tracked", "I64", new long[] {}, new byte[8]);

        assertThat(BackboneWeights.read(more.bytes()).tensors()).hasSize(265);
    }

    @Test
    void halfAndFullPrecisionGiveTheSameFeatures() throws Exception {
        List<SmearImage> image = Networks.drawings(1);
        float[] asF16 = features(Networks.backboneFile(), image);
        float[] asF32 = features(BackboneWeights.read(Networks.backboneFile()).toSafetensors(), image);
        float[] asBf16 = features(whole.asBfloat16().bytes(), image);

        assertThat(asF32).isEqualTo(asF16);
        assertThat(Networks.relativeDistance(asBf16, asF16)).isBetween(1e-6, 0.05);
    }

    @Test
    void aMissingTensorIsNamed() {
        BackboneFile less = whole.copy();
        less.remove("layer3.5.conv2.weight");

        assertRefused(less.bytes(), "layer3.5.conv2.weight");
    }

    @Test
    void anUnknownTensorIsNamed() {
        BackboneFile more = whole.copy();
        more.put("layer5.0.conv1.weight", "F32", new long[] {1}, new byte[4]);

        assertRefused(more.bytes(), "layer5.0.conv1.weight");
    }

    @Test
    void aTensorOfAnotherShapeIsNamed() {
        BackboneFile other = whole.copy();
        other.put("bn1.weight", "F32", new long[] {65}, new byte[260]);

        assertRefused(other.bytes(), "bn1.weight", "65", "64");
    }

    @Test
    void aTensorOfIntegersIsNamed() {
        BackboneFile other = whole.copy();
        other.put("bn1.weight", "I64", new long[] {64}, new byte[512]);

        assertRefused(other.bytes(), "bn1.weight", "I64");
    }

    @ParameterizedTest
    @CsvSource({
        "layer1.0.conv1.weight, NaN, must have finite values",
        "layer4.2.bn3.bias, Infinity, must have finite values",
        "bn1.running_mean, -Infinity, must have finite values",
        "layer2.0.bn1.running_var, NaN, must have finite values",
        "layer2.0.bn1.running_var, -0.001, running variances are never negative"
    })
    void aValueThatNoTrainingGivesIsNamed(String tensor, float value, String rule) {
        BackboneFile poisoned = whole.copy();
        float[] values = new float[whole.elements(tensor)];
        values[values.length - 1] = value;
        poisoned.put(tensor, "F32", whole.shape(tensor), bytes(values));

        assertRefused(poisoned.bytes(), tensor, rule);
    }

    @ParameterizedTest
    @CsvSource({"0", "7", "8", "1000", "30000000"})
    void aFileThatIsCutShortIsRefused(int length) {
        assertRefused(Arrays.copyOf(whole.bytes(), length), "byte");
    }

    @Test
    void aHeaderOfTwoGigabytesIsRefused() {
        byte[] file = whole.bytes();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(2L << 30);

        assertRefused(file, "2147483648 bytes");
    }

    private static float[] features(byte[] file, List<SmearImage> image) throws InvalidWeights {
        try (FoldedBackbone backbone = new FoldedBackbone(BackboneWeights.read(file), Device.cpu())) {
            return backbone.features(image)[0];
        }
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static void assertRefused(byte[] file, String... message) {
        assertThatExceptionOfType(InvalidWeights.class)
                .isThrownBy(() -> BackboneWeights.read(file))
                .withMessageContainingAll(message);
    }
}
