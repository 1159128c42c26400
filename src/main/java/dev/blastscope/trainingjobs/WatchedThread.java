package dev.blastscope.trainingjobs;

import dev.blastscope.network.BackgroundThreads;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes on threads of the lowest priority, while the caller's thread records the progress and stops the computation
 * when it must.
 *
 * <p>Only the caller's thread uses the database: a thread of the lowest priority must hold no lock that others wait
 * for.
 */
final class WatchedThread implements AutoCloseable {

    private static final long BETWEEN_LOOKS_MS = 500;

    private final TrainingRecords.Attempt attempt;
    private final BooleanSupplier shuttingDown;
    private final StageTracker progress;
    private final ForkJoinPool pool = BackgroundThreads.newPool();
    private volatile @Nullable Thread computing;
    private Optional<Training.Progress> written = Optional.empty();

    WatchedThread(TrainingRecords.Attempt attempt, StageTracker progress, BooleanSupplier shuttingDown) {
        this.attempt = attempt;
        this.progress = progress;
        this.shuttingDown = shuttingDown;
    }

    /** Hears how far a computation is. */
    StageTracker progress() {
        return progress;
    }

    /**
     * Computes, and returns once that has ended.
     *
     * @throws Stopped if the training must not continue
     */
    <T> T compute(Callable<T> computation) throws Exception {
        ForkJoinTask<T> task = pool.submit(() -> {
            computing = Thread.currentThread();
            try {
                return computation.call();
            } finally {
                computing = null;
            }
        });
        Optional<Why> stop = Optional.empty();
        while (true) {
            try {
                T result = task.get(BETWEEN_LOOKS_MS, TimeUnit.MILLISECONDS);
                stop = stop.or(this::look);
                if (stop.isPresent()) {
                    throw new Stopped(stop.get());
                }
                return result;
            } catch (TimeoutException notYet) {
                stop = stop.or(this::look);
            } catch (InterruptedException e) {
                stop = Optional.of(Why.SHUTDOWN);
            } catch (ExecutionException e) {
                if (stop.isPresent()) {
                    throw new Stopped(stop.get());
                }
                throw unwrapped(e);
            }
            // At each look: a callee may take an interrupt for its own and go on.
            Thread thread = computing;
            if (stop.isPresent() && thread != null) {
                thread.interrupt();
            }
        }
    }

    private Optional<Why> look() {
        Optional<Training.Progress> now = progress.now();
        if (!now.equals(written)) {
            now.ifPresent(attempt::progress);
            written = now;
        }
        return reasonToStop();
    }

    private Optional<Why> reasonToStop() {
        if (shuttingDown.getAsBoolean()) {
            return Optional.of(Why.SHUTDOWN);
        }
        if (attempt.isCancelled()) {
            return Optional.of(Why.CANCELLED);
        }
        return attempt.isOurs() ? Optional.empty() : Optional.of(Why.TAKEN_OVER);
    }

    /** A fork-join task wraps what it throws once more than other futures. */
    private static Exception unwrapped(ExecutionException e) {
        Throwable cause = e;
        while (cause.getCause() != null
                && (cause instanceof ExecutionException || cause.getClass() == RuntimeException.class)) {
            cause = cause.getCause();
        }
        return cause instanceof Exception exception ? exception : e;
    }

    @Override
    public void close() {
        pool.shutdown();
    }

    /** Why a training was stopped. */
    enum Why {
        CANCELLED,
        SHUTDOWN,
        TAKEN_OVER
    }

    /** A training was stopped from outside. */
    static final class Stopped extends Exception {

        private static final long serialVersionUID = 1L;

        private final Why why;

        Stopped(Why why) {
            super(why.name(), null, false, false);
            this.why = why;
        }

        Why why() {
            return why;
        }
    }
}
