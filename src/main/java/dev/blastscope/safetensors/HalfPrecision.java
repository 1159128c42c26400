package dev.blastscope.safetensors;

/** Widens the two 16-bit floating-point formats to 32 bits, exactly. */
final class HalfPrecision {

    private HalfPrecision() {}

    /** IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits. */
    static float fromFloat16(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        int magnitude =
                switch (exponent) {
                    case 0 -> Float.floatToRawIntBits(fraction * 0x1p-24f);
                    case 0x1f -> 0x7f80_0000 | fraction << 13;
                    default -> (exponent - 15 + 127) << 23 | fraction << 13;
                };
        return Float.intBitsToFloat(sign | magnitude);
    }

    /** bfloat16: the upper half of a binary32. */
    static float fromBfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
