package dev.blastscope.safetensors;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Values to be written, with their shape; neither array is copied, and two tensors are equal when they share them.
 *
 * @param shape the dimensions, outermost first; empty for a scalar
 * @param values the values in row-major order, as many as the shape has elements
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on and never compared; a list would box every value.
public record Tensor(long[] shape, float[] values) {

    /** @throws IllegalArgumentException if the number of values is not what the shape asks for */
    public Tensor {
        long elements = 1;
        for (long dimension : shape) {
            elements = Math.multiplyExact(elements, dimension);
        }
        if (elements != values.length) {
            throw new IllegalArgumentException(
                    "The shape asks for %d values, and there are %d".formatted(elements, values.length));
        }
    }

    /** The element types that a safetensors file can hold, in whole bytes each. */
    enum Type {
        BOOL(1),
        U8(1),
        I8(1),
        F8_E5M2(1),
        F8_E4M3(1),
        F8_E8M0(1),
        U16(2),
        I16(2),
        F16(2),
        BF16(2),
        U32(4),
        I32(4),
        F32(4),
        U64(8),
        I64(8),
        F64(8),
        C64(8);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        static Optional<Type> named(String name) {
            return Arrays.stream(values())
                    .filter(type -> type.name().equals(name))
                    .findAny();
        }

        int bytes() {
            return bytes;
        }

        /** Whether weights of this type can be read as floats without losing any of their precision. */
        boolean isReadable() {
            return this == F32 || this == F16 || this == BF16;
        }

        /** The values in these little-endian bytes, widened to 32 bits; the type must be readable. */
        float[] floats(ByteBuffer littleEndian) {
            float[] values = new float[littleEndian.remaining() / bytes];
            if (this == F32) {
                littleEndian.asFloatBuffer().get(values);
                return values;
            }
            for (int i = 0; i < values.length; i++) {
                short bits = littleEndian.getShort();
                values[i] = this == BF16 ? fromBfloat16(bits) : fromFloat16(bits);
            }
            return values;
        }

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
}
