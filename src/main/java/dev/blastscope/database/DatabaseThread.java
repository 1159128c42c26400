package dev.blastscope.database;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that uses the database and is never interrupted, since an interrupt makes H2 close the file that it
 * reads or writes.
 *
 * <p>Callers may be interrupted while they wait for it; what it does goes on.
 */
public final class DatabaseThread implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DatabaseThread.class);

    private final String name;
    private final ExecutorService executor;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** A thread that starts with its first task and does one task at a time. */
    public DatabaseThread(String name) {
        this.name = name;
        executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does one task on a thread of its own, as {@link #call} does. */
    public static <T> T call(String name, Callable<T> task) throws Exception {
        try (DatabaseThread thread = new DatabaseThread(name)) {
            return thread.call(task);
        }
    }

    /** Starts a task that has no result. */
    public void start(Runnable task) {
        executor.execute(task);
    }

    /** Starts a task; to cancel its result does not interrupt it. */
    public <T> Future<T> submit(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /**
     * Does a task and waits for it.
     *
     * @throws InterruptedException if the caller is interrupted; the task goes on
     * @throws Exception what the task throws
     */
    public <T> T call(Callable<T> task) throws Exception {
        try {
            return submit(task).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** To be called by the thread itself: waits, but not after it is closed; false if it is. */
    public boolean pause(Duration duration) throws InterruptedException {
        return !closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the thread once it has done its tasks, and does not wait for that. */
    @Override
    public void close() {
        closed.countDown();
        executor.shutdown();
    }

    /** Closes the thread and waits until it has ended, for a limited time; then it is left to end with the program. */
    public void close(Duration longestWait) {
        close();
        try {
            if (!executor.awaitTermination(longestWait.toNanos(), TimeUnit.NANOSECONDS)) {
                log.warn("The thread {} did not end within {} s", name, longestWait.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
