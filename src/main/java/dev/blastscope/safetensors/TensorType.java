package dev.blastscope.safetensors;

import java.util.Arrays;
import java.util.Optional;

/** The element types that a safetensors file can hold, in whole bytes each. */
enum TensorType {
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

    TensorType(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /** Whether weights of this type can be read as floats without losing any of their precision. */
    boolean isReadable() {
        return this == F32 || this == F16 || this == BF16;
    }

    static Optional<TensorType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findAny();
    }
}
