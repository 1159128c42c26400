package dev.blastscope.safetensors;

import java.util.List;

/** One tensor as the header describes it; {@code begin} and {@code end} count bytes from the end of the header. */
record TensorEntry(String name, TensorType type, List<Long> shape, long begin, long end) {

    long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** The number of bytes that type and shape ask for. */
    long size() throws InvalidWeights {
        try {
            long size = type.bytes();
            for (long dimension : shape) {
                size = Math.multiplyExact(size, dimension);
            }
            return size;
        } catch (ArithmeticException overflow) {
            throw InvalidWeights.ofTensor(name, "has a shape of more bytes than 63 bits can count: " + shape);
        }
    }
}
