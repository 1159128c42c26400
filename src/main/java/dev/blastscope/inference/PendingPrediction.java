package dev.blastscope.inference;

import dev.blastscope.batching.DeadlineExceeded;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A caller who waits: for how much longer, and whether still there. For one thread. */
final class PendingPrediction {

    /** So often a caller is looked after; rarer than an answer takes when nobody queues. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final long start = System.nanoTime();
    private final Client caller;

    PendingPrediction(Client caller) {
        this.caller = caller;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** What is left of the patience; zero or below when it has ended. */
    Duration left() {
        return caller.patience().minus(elapsed());
    }

    /** Waits for a result that the caller still wants; takes it out of its queue otherwise. */
    <T> T result(Future<T> pending) throws DeadlineExceeded, ClientDisconnected, InterruptedException {
        try {
            while (true) {
                Duration left = left();
                Duration look = left.compareTo(LOOK) < 0 ? left : LOOK;
                try {
                    return pending.get(look.toNanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    requirePresence();
                }
            }
        } catch (CancellationException e) {
            throw new IllegalStateException("The service is shutting down", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DeadlineExceeded passed) {
                throw passed;
            }
            throw new IllegalStateException("The forward pass failed", e.getCause());
        } finally {
            pending.cancel(false);
        }
    }

    private void requirePresence() throws DeadlineExceeded, ClientDisconnected {
        if (left().compareTo(Duration.ZERO) <= 0) {
            throw new DeadlineExceeded();
        }
        if (caller.gone().getAsBoolean()) {
            throw new ClientDisconnected();
        }
    }
}
