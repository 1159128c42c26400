package dev.blastscope.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfPrecisionTest {

    @Test
    void everyFloat16HasTheValueThatIeee754GivesIt() {
        for (int bits = 0; bits < 0x10000; bits++) {
            assertThat(Tensor.Type.fromFloat16((short) bits))
                    .as("bits %04x", bits)
                    .isEqualTo(Float.valueOf(binary16(bits)));
        }
    }

    @Test
    void everyBfloat16HasTheValueOfItsEightBitExponentAndSevenBitFraction() {
        for (int bits = 0; bits < 0x10000; bits++) {
            assertThat(Tensor.Type.fromBfloat16((short) bits))
                    .as("bits %04x", bits)
                    .isEqualTo(Float.valueOf(bfloat16(bits)));
        }
    }

    private static float binary16(int bits) {
        return value(bits, 5, 10);
    }

    private static float bfloat16(int bits) {
        return value(bits, 8, 7);
    }

    /** The definition of a binary interchange format, computed with arithmetic rather than with bits. */
    private static float value(int bits, int exponentBits, int fractionBits) {
        int highest = (1 << exponentBits) - 1;
        int bias = highest / 2;
        int exponent = bits / (1 << fractionBits) % (1 << exponentBits);
        double fraction = bits % (1 << fractionBits) / (double) (1 << fractionBits);
        double sign = bits >= 0x8000 ? -1 : 1;
        if (exponent == highest) {
            return fraction == 0 ? (float) (sign * Double.POSITIVE_INFINITY) : Float.NaN;
        }
        double magnitude =
                exponent == 0 ? fraction * Math.pow(2, 1 - bias) : (1 + fraction) * Math.pow(2, exponent - bias);
        return (float) (sign * magnitude);
    }
}
