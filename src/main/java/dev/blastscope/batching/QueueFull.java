package dev.blastscope.batching;

import dev.blastscope.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;

/** The queue has no room, or moves too slowly. */
public final class QueueFull extends Refusal {

    private static final long serialVersionUID = 1L;

    private final Duration timeToDrain;

    private QueueFull(int waiting, long seconds) {
        super("queue-full", "The queue is full: " + waiting + " images are waiting. Try again in " + seconds + " s.");
        this.timeToDrain = Duration.ofSeconds(seconds);
    }

    QueueFull(int waiting, Duration timeToDrain) {
        this(waiting, Math.max(1, timeToDrain.plusNanos(999_999_999).toSeconds()));
    }

    /** How long the queue, as it is now, takes to drain; whole seconds, at least one. */
    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(timeToDrain);
    }
}
