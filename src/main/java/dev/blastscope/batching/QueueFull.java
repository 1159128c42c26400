package dev.blastscope.batching;

import java.time.Duration;

/** The queue is full, or moves too slowly: a refusal, not a failure. */
public final class QueueFull extends Exception {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    private QueueFull(int waiting, long seconds) {
        super(
                "The queue is full: " + waiting + " images are waiting. Try again in " + seconds + " s.",
                null,
                false,
                false);
        this.retryAfter = Duration.ofSeconds(seconds);
    }

    QueueFull(int waiting, Duration timeToDrain) {
        this(waiting, Math.max(1, timeToDrain.plusNanos(999_999_999).toSeconds()));
    }

    /** How long the queue, as it is now, takes to drain; whole seconds, at least one. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
