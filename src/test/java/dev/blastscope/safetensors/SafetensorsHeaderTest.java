package dev.blastscope.safetensors;

import static dev.blastscope.safetensors.SafetensorsFiles.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsHeaderTest {

    private static final byte[] EIGHT_BYTES = new byte[8];

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 32, 100_000_001, 3})
    void aLengthThatTheFileDoesNotHoldIsRefusedWithoutAllocatingIt(long length) {
        assertThatExceptionOfType(InvalidWeights.class)
                .isThrownBy(() -> Safetensors.parse(file(length, new byte[] {'{', '}'})))
                .withMessageContaining(Long.toUnsignedString(length));
    }

    @Test
    void aFileWithoutRoomForALengthIsRefused() {
        for (int size = 0; size < Long.BYTES; size++) {
            byte[] file = new byte[size];
            assertThatExceptionOfType(InvalidWeights.class)
                    .isThrownBy(() -> Safetensors.parse(file))
                    .withMessage("A safetensors file has at least 8 bytes, and this one has " + size + ".");
        }
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                arguments("[]", "must be a JSON object"),
                arguments(" {}", "begin with '{'"),
                arguments("{\"w\":", "not valid JSON"),
                arguments("{'w':1}", "not valid JSON"),
                arguments("{} {}", "follows the header's JSON object"),
                arguments("{}x", "not valid JSON"),
                arguments("{\"w\":1}", "\"w\" must be an object of dtype, shape and data_offsets"),
                arguments("{\"w\":{}}", "\"w\" lacks dtype"),
                arguments("{\"w\":{\"dtype\":\"F32\"}}", "\"w\" lacks shape"),
                arguments("{\"w\":{\"dtype\":\"F32\",\"shape\":[2]}}", "\"w\" lacks data_offsets"),
                arguments(w("F32", "[2],\"extra\":1", "[0,8]"), "\"w\" has the unknown field \"extra\""),
                arguments(w("F32", "[2],\"shape\":[2]", "[0,8]"), "\"w\" has shape twice"),
                arguments("{\"w\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", "\"w\" has dtype twice"),
                arguments("{\"w\":{\"data_offsets\":[0,8],\"data_offsets\":[0,8]}}", "\"w\" has data_offsets twice"),
                arguments("{\"w\":{\"dtype\":32}}", "\"w\" must have a string as dtype"),
                arguments(w("F128", "[2]", "[0,8]"), "\"w\" has the unknown dtype \"F128\""),
                arguments(w("f32", "[2]", "[0,8]"), "\"w\" has the unknown dtype \"f32\""),
                arguments(w("F32", "2", "[0,8]"), "\"w\" must have an array as shape"),
                arguments(w("F32", "[[2]]", "[0,8]"), "from 0 to 2^63-1 in shape, not \"[\""),
                arguments(w("F32", "[-2]", "[0,8]"), "from 0 to 2^63-1 in shape, not \"-2\""),
                arguments(w("F32", "[2.0]", "[0,8]"), "from 0 to 2^63-1 in shape, not \"2.0\""),
                arguments(w("F32", "[\"2\"]", "[0,8]"), "from 0 to 2^63-1 in shape, not \"2\""),
                arguments(w("F32", "[null]", "[0,8]"), "from 0 to 2^63-1 in shape, not \"null\""),
                arguments(w("F32", "[18446744073709551618]", "[0,8]"), "not \"18446744073709551618\""),
                arguments(w("F32", "[1,1,1,1,1,1,1,1,2]", "[0,8]"), "\"w\" has more than 8 numbers in shape"),
                arguments(w("F32", "[4294967296,4294967296]", "[0,8]"), "more bytes than 63 bits can count"),
                arguments(w("F32", "[4611686018427387904]", "[0,8]"), "more bytes than 63 bits can count"),
                arguments(w("F32", "[2]", "[0]"), "\"w\" must have two data_offsets, not 1"),
                arguments(w("F32", "[2]", "[0,8,8]"), "\"w\" must have two data_offsets, not 3"),
                arguments(w("F32", "[2]", "[-8,0]"), "from 0 to 2^63-1 in data_offsets, not \"-8\""),
                arguments(w("F32", "[2]", "[8,0]"), "\"w\" ends at byte 0, before it begins at 8"),
                arguments(w("F32", "[3]", "[0,12]"), "\"w\" ends at byte 12, but only 8 bytes follow the header"),
                arguments(w("F32", "[1]", "[0,8]"), "\"w\" has 8 bytes from 0 to 8, but F32 [1] needs 4"),
                arguments(w("F32", "[]", "[0,8]"), "\"w\" has 8 bytes from 0 to 8, but F32 [] needs 4"),
                arguments(w("F32", "[1]", "[0,4]"), "the 4 at the end belong to no tensor"),
                arguments("{}", "the 8 at the end belong to no tensor"),
                arguments(w("F32", "[1]", "[4,8]"), "\"w\" leaves a hole: it begins at byte 4"),
                arguments(two("v", "[0,4]", "w", "[0,4]"), "\"w\" overlaps another: it begins at byte 0"),
                arguments(two("v", "[0,4]", "w", "[2,6]"), "\"w\" overlaps another: it begins at byte 2"),
                arguments(two("w", "[0,4]", "w", "[4,8]"), "\"w\" is in the header twice"),
                arguments("{\"__metadata__\":1}", "__metadata__ must be an object of strings"),
                arguments("{\"__metadata__\":{\"a\":1}}", "must hold strings only, and \"a\" is none"),
                arguments("{\"__metadata__\":{\"a\":{\"b\":\"c\"}}}", "must hold strings only, and \"a\" is none"),
                arguments("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", "__metadata__ holds \"a\" twice"),
                arguments("{\"__metadata__\":{},\"__metadata__\":{}}", "__metadata__ is in the header twice"),
                arguments("{\"%s\":1}".formatted("w".repeat(1001)), "beyond any network's"),
                arguments(w("F32", "[%s]".formatted("9".repeat(2000)), "[0,8]"), "beyond any network's"),
                arguments("{\"w\":" + "[".repeat(100_000), "must be an object of dtype"));
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    void aHeaderThatBreaksARuleIsRefusedByTheNameOfTheRule(String header, String rule) {
        assertThatExceptionOfType(InvalidWeights.class)
                .isThrownBy(() -> Safetensors.parse(file(header, EIGHT_BYTES)))
                .withMessageContaining(rule);
    }

    @Test
    void aHeaderOfAMillionTensorsIsRefusedBeforeItGrowsInMemory() {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 500_000; i++) {
            header.append("\"%d\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},".formatted(i));
        }
        assertThatExceptionOfType(InvalidWeights.class)
                .isThrownBy(() -> Safetensors.parse(file(header.append("}").toString())))
                .withMessageContaining("at most 1000000 JSON tokens");
    }

    @Test
    void aHeaderInAnotherEncodingIsRefused() {
        String header = "{\"\u00e4\":1}";
        byte[] latin1 = header.getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16LE);
        assertThatExceptionOfType(InvalidWeights.class)
                .isThrownBy(() -> Safetensors.parse(file(latin1.length, latin1)))
                .withMessage("The header is not valid UTF-8.");
        assertThatExceptionOfType(InvalidWeights.class)
                .isThrownBy(() -> Safetensors.parse(file(utf16.length, utf16)))
                .withMessageContaining("not valid JSON");
    }

    @Test
    void aHostileNameCannotForgeALineOfALog() {
        assertThatExceptionOfType(InvalidWeights.class)
                .isThrownBy(
                        () -> Safetensors.parse(file("{\"a\\n\\u001b\\u202eERROR %s\":1}".formatted("x".repeat(200)))))
                .withMessageStartingWith("Tensor \"a???ERROR xxx")
                .withMessageContaining("...\" must be an object")
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void randomlyChangedFilesAreParsedOrRefusedAndNothingElse() {
        Random random = new Random(20261122);
        byte[] valid = Safetensors.write(
                Map.of(
                        "conv1.weight",
                        new Tensor(new long[] {2, 1}, new float[2]),
                        "b",
                        new Tensor(new long[0], new float[1])),
                Map.of("format", "pt"));
        int refused = 0;
        for (int round = 0; round < 50_000; round++) {
            try {
                Safetensors.parse(changed(valid, random)).names();
            } catch (InvalidWeights refusal) {
                refused++;
            }
        }
        assertThat(refused).isBetween(25_000, 49_999);
    }

    private static byte[] changed(byte[] valid, Random random) {
        byte[] file = valid.clone();
        String alphabet = "{}[]:,\"\\-0123456789.eFB\u0000 ";
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(file.length);
            switch (random.nextInt(4)) {
                case 0 -> file[at] = (byte) random.nextInt(256);
                case 1 -> file[at] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
                case 2 -> System.arraycopy(file, at, file, random.nextInt(at + 1), Math.min(8, file.length - at));
                default -> file = Arrays.copyOf(file, 1 + random.nextInt(file.length + 8));
            }
        }
        return file;
    }

    private static String w(String dtype, String shape, String offsets) {
        return "{\"w\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}".formatted(dtype, shape, offsets);
    }

    private static String two(String first, String firstOffsets, String second, String secondOffsets) {
        String entry = "\"%s\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":%s}";
        return "{" + entry.formatted(first, firstOffsets) + "," + entry.formatted(second, secondOffsets) + "}";
    }
}
