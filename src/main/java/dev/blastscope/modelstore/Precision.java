package dev.blastscope.modelstore;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The numbers that a backbone computes in. */
public enum Precision {
    FP32,
    /** 8-bit integers with the ranges of the activations that were measured in training. */
    INT8;

    /** The precision of this name; empty if there is none. */
    public static Optional<Precision> named(String name) {
        return Arrays.stream(values())
                .filter(precision -> precision.toString().equals(name))
                .findFirst();
    }

    /** {@code fp32} or {@code int8}. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
