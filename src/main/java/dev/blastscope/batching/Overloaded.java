package dev.blastscope.batching;

import java.time.Duration;

/** The queue is full: a refusal, not a failure. */
public final class Overloaded extends Exception {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    Overloaded(int waiting, Duration retryAfter) {
        super(
                "The queue is full: " + waiting + " images are waiting. Try again in " + retryAfter.toSeconds() + " s.",
                null,
                false,
                false);
        this.retryAfter = retryAfter;
    }

    /** How long the queue, as it is now, takes to drain; whole seconds, at least one. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
