package dev.blastscope.safetensors;

import static dev.blastscope.safetensors.SafetensorsFiles.file;
import static dev.blastscope.safetensors.SafetensorsFiles.oneTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    private static final Tensor MATRIX = new Tensor(new long[] {2, 3}, new float[] {1, -2, 0.5f, 3, -0f, 1e-42f});
    private static final Tensor SCALAR = new Tensor(new long[0], new float[] {7});
    private static final Tensor EMPTY = new Tensor(new long[] {0, 4}, new float[0]);

    @Test
    void whatIsWrittenIsReadBack() throws InvalidWeights {
        byte[] file = Safetensors.write(
                Map.of("w", MATRIX, "a\"\n\u00e9", SCALAR, "none", EMPTY), Map.of("format", "pt", "by", "me"));
        Safetensors weights = Safetensors.parse(file);
        assertThat(weights.names()).containsExactly("a\"\n\u00e9", "none", "w");
        assertThat(weights.metadata()).containsExactly(Map.entry("by", "me"), Map.entry("format", "pt"));
        assertThat(weights.shape("w")).containsExactly(2, 3);
        assertThat(weights.floats("w")).containsExactly(MATRIX.values());
        assertThat(weights.shape("a\"\n\u00e9")).isEmpty();
        assertThat(weights.floats("a\"\n\u00e9")).containsExactly(7);
        assertThat(weights.floats("none")).isEmpty();
    }

    @Test
    void theSameTensorsInAnyOrderGiveTheSameAlignedBytes() {
        Map<String, Tensor> forwards = new LinkedHashMap<>();
        Map<String, Tensor> backwards = new LinkedHashMap<>();
        IntStream.range(0, 9).forEach(i -> forwards.put("t" + i, MATRIX));
        IntStream.range(0, 9).forEach(i -> backwards.put("t" + (8 - i), MATRIX));
        byte[] file = Safetensors.write(forwards, Map.of());
        assertThat(file).isEqualTo(Safetensors.write(backwards, Map.of()));
        assertThat((file.length - 9 * 24) % 8).isZero();
        assertThat(new String(file, 8, 12, StandardCharsets.US_ASCII)).startsWith("{\"t0\":{\"");
    }

    @Test
    void weightsOfHalfPrecisionAreWidened() throws InvalidWeights {
        byte[] half = {0x00, 0x3c, 0x00, (byte) 0xc0, 0x01, 0x00};
        assertThat(Safetensors.parse(oneTensor("F16", "[3]", half)).floats("w")).containsExactly(1, -2, 0x1p-24f);
        byte[] brain = {(byte) 0x80, 0x3f, 0x00, (byte) 0xc0};
        assertThat(Safetensors.parse(oneTensor("BF16", "[2]", brain)).floats("w"))
                .containsExactly(1, -2);
    }

    @Test
    void aValueThatIsNotFiniteIsRefusedByTheNameOfItsTensor() throws InvalidWeights {
        Safetensors infinite = Safetensors.parse(oneTensor("F16", "[2]", (byte) 0, (byte) 0, (byte) 0, (byte) 0x7c));
        Safetensors nan = Safetensors.parse(oneTensor("F32", "[]", (byte) 0, (byte) 0, (byte) 0xc0, (byte) 0x7f));
        assertThatExceptionOfType(InvalidWeights.class)
                .isThrownBy(() -> infinite.floats("w"))
                .withMessage("Tensor \"w\" must have finite values, but value 2 of 2 is Infinity.");
        assertThatExceptionOfType(InvalidWeights.class)
                .isThrownBy(() -> nan.floats("w"))
                .withMessage("Tensor \"w\" must have finite values, but value 1 of 1 is NaN.");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aValueThatIsNotFiniteIsNotWritten(float value) {
        Map<String, Tensor> diverged = Map.of("w", new Tensor(new long[] {1}, new float[] {value}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Safetensors.write(diverged, Map.of()))
                .withMessage("Tensor \"w\" holds " + value);
    }

    @Test
    void aTensorCannotHaveTheNameOfTheMetadata() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Safetensors.write(Map.of("__metadata__", SCALAR), Map.of()))
                .withMessage("No tensor may be called __metadata__");
    }

    @Test
    void aTensorHasAsManyValuesAsItsShape() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tensor(new long[] {2, 3}, new float[5]))
                .withMessage("The shape asks for 6 values, and there are 5");
    }

    @Test
    void onlyTheTensorsThatTheFileHasCanBeAskedFor() throws InvalidWeights {
        Safetensors weights = Safetensors.parse(file("{}"));
        assertThat(weights.names()).isEmpty();
        assertThat(weights.metadata()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> weights.shape("w"));
    }

    @Test
    void weightsThatFitMayHaveMoreTensorsOfIgnoredNamesAndAnyKnownType() throws InvalidWeights {
        Safetensors weights = Safetensors.parse(oneTensor("I64", "[]", new byte[8]));
        weights.fit(Map.of(), "w"::equals);
        assertThatExceptionOfType(InvalidWeights.class)
                .isThrownBy(() -> weights.floats("w"))
                .withMessage("Tensor \"w\" is I64, and weights must be F32, F16 or BF16.");
        assertThatExceptionOfType(InvalidWeights.class)
                .isThrownBy(() -> weights.fit(Map.of("w", new long[0]), "w"::equals))
                .withMessage("The weights do not fit the network. Tensors not F32, F16 or BF16: \"w\" is I64.");
    }

    @Test
    void everyMisfitIsNamedAtOnce() throws InvalidWeights {
        Safetensors weights = Safetensors.parse(
                Safetensors.write(Map.of("w", MATRIX, "fc.bias", SCALAR, "head.bias", SCALAR), Map.of()));
        Map<String, long[]> expected = Map.of("w", new long[] {3, 2}, "bn1.weight", new long[] {64});
        assertThatExceptionOfType(InvalidWeights.class)
                .isThrownBy(() -> weights.fit(expected, name -> name.startsWith("fc.")))
                .withMessage("The weights do not fit the network. Tensors missing: \"bn1.weight\"."
                        + " Tensors not part of the network: \"head.bias\"."
                        + " Tensors of another shape: \"w\" is [2, 3], not [3, 2].");
    }

    @Test
    void aLongListOfMisfitsIsCutShort() throws InvalidWeights {
        Map<String, Tensor> many = new LinkedHashMap<>();
        IntStream.range(0, 20).forEach(i -> many.put("t%02d".formatted(i), SCALAR));
        Safetensors weights = Safetensors.parse(Safetensors.write(many, Map.of()));
        assertThatExceptionOfType(InvalidWeights.class)
                .isThrownBy(() -> weights.fit(Map.of(), name -> false))
                .withMessageEndingWith("\"t06\", \"t07\" and 12 more.");
    }
}
