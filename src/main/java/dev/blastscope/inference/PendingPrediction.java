package dev.blastscope.inference;

import dev.blastscope.batching.DeadlineExceeded;
import dev.blastscope.batching.QueueFull;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the results of one request until its deadline, or until its client disconnects. Not thread-safe. */
final class PendingPrediction {

    /** Between two looks at the connection; longer than an answer takes when nothing is queued. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final long start = System.nanoTime();
    private final Client client;

    PendingPrediction(Client client) {
        this.client = client;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** The time left until the deadline; zero or negative once it has passed. */
    Duration left() {
        return client.deadline().minus(elapsed());
    }

    /** Waits for a result; takes it out of its queue when the deadline passes or the client disconnects. */
    <T> T result(Future<T> pending) throws DeadlineExceeded, QueueFull, Client.Disconnected, InterruptedException {
        try {
            while (true) {
                Duration left = left();
                Duration look = left.compareTo(LOOK) < 0 ? left : LOOK;
                try {
                    return pending.get(look.toNanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    requireWaitingClient();
                }
            }
        } catch (CancellationException e) {
            throw new IllegalStateException("The service is shutting down", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DeadlineExceeded passed) {
                throw passed;
            }
            if (e.getCause() instanceof QueueFull full) {
                throw full;
            }
            throw new IllegalStateException("The forward pass failed", e.getCause());
        } finally {
            pending.cancel(false);
        }
    }

    /** Waits a little, for room in the queue. */
    void pause() throws InterruptedException {
        Thread.sleep(LOOK.toMillis());
    }

    /**
     * Refuses to go on for a client that waits no longer.
     *
     * @throws DeadlineExceeded if its deadline passed
     * @throws Client.Disconnected if it disconnected
     */
    void requireWaitingClient() throws DeadlineExceeded, Client.Disconnected {
        if (left().compareTo(Duration.ZERO) <= 0) {
            throw new DeadlineExceeded();
        }
        if (client.disconnected().getAsBoolean()) {
            throw new Client.Disconnected();
        }
    }
}
