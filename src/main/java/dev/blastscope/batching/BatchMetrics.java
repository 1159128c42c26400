package dev.blastscope.batching;

import java.time.Duration;

/** Hears what a {@link Batcher} does, on the batcher's thread unless said otherwise. */
public interface BatchMetrics {

    /** An item waited this long before its pass began. */
    void waited(Duration wait);

    /** A pass over this many items took this long. */
    void ran(int items, Duration duration);

    /** An item's deadline passed while it waited. */
    void expired();

    /** Items were refused because the queue was full; called on the caller's thread. */
    void refused(int items);
}
