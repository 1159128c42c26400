package dev.blastscope.batching;

import java.time.Duration;

/** Receives the measurements of a {@link Batcher}, on its thread. */
public interface BatchMetrics {

    /** An item waited this long before its pass began. */
    void waited(Duration wait);

    /** A pass over this many items took this long. */
    void ran(int items, Duration duration);
}
