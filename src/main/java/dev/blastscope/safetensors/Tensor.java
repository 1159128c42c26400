package dev.blastscope.safetensors;

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
}
