package dev.blastscope.inference;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Who asks for a prediction.
 *
 * @param patience how long the caller waits
 * @param gone whether the caller has left meanwhile; asked now and then on the thread that waits for the answer
 */
public record Client(Duration patience, BooleanSupplier gone) {}
