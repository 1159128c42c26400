package dev.blastscope.batching;

import java.time.Duration;

/** Hears what a {@link Batcher} does, on the batcher's thread unless said otherwise. */
public interface BatchMetrics {

    /** An item waited this long before its pass began. */
    void waited(Duration wait);

    /** A pass over this many items took this long. */
    void ran(int items, Duration duration);
}
