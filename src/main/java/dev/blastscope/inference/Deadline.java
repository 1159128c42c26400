package dev.blastscope.inference;

import java.time.Duration;

/** The end of a caller's patience. */
final class Deadline {

    private final long start = System.nanoTime();
    private final Duration patience;

    Deadline(Duration patience) {
        this.patience = patience;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** What is left of the patience; zero or below when it has ended. */
    Duration left() {
        return patience.minus(elapsed());
    }
}
