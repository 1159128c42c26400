package dev.blastscope.batching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Computes the items of many callers together, in batches.
 *
 * <p>An idle batcher starts at once, without waiting for a batch to fill. While a pass runs, items queue up for the
 * next batch: callers in the order of their arrival, one item of each in turn. Items that were cancelled, or whose
 * deadline passed, leave the queue without being computed. Safe for use by any number of threads; passes run on a
 * thread of the batcher's own.
 *
 * @param <I> an item
 * @param <O> an item's result
 */
public final class Batcher<I, O> implements AutoCloseable {

    private static final double NEWEST_WEIGHT = 0.2;

    private final BatchingLimits limits;
    private final Function<List<I>, List<O>> pass;
    private final BatchMetrics metrics;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private final TurnQueue<Entry<I, O>> queue = new TurnQueue<>();
    private boolean closed;
    private double nanosPerItem;

    /**
     * Starts a batcher.
     *
     * @param name the name of the thread
     * @param pass computes a result for each item, in the same order; what it throws, all callers of the batch get
     */
    public Batcher(String name, BatchingLimits limits, Function<List<I>, List<O>> pass, BatchMetrics metrics) {
        this(name, limits, pass, metrics, System::nanoTime);
    }

    Batcher(
            String name,
            BatchingLimits limits,
            Function<List<I>, List<O>> pass,
            BatchMetrics metrics,
            LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.limits = limits;
        this.pass = pass;
        this.metrics = metrics;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Queues items; all of them or none.
     *
     * @param deadline how long from now each may wait
     * @return a result for each, in order; cancel one to take it out of the queue. It fails with
     *     {@link DeadlineExceeded} when its turn came too late
     * @throws QueueFull if the queue has no room for all of them, or moves too slowly
     * @throws IllegalStateException if the batcher is closed
     */
    public List<Future<O>> submit(List<I> items, Duration deadline) throws QueueFull {
        long now = nanoTime.getAsLong();
        List<Entry<I, O>> entries = items.stream()
                .map(item -> new Entry<>(item, now, now + deadline.toNanos(), new CompletableFuture<O>()))
                .toList();
        synchronized (queue) {
            if (closed) {
                throw new IllegalStateException("The batcher is closed.");
            }
            requireRoom(items.size());
            queue.add(entries);
            queue.notifyAll();
        }
        return entries.stream().<Future<O>>map(Entry::result).toList();
    }

    /**
     * Checks for room before items are prepared; another caller may still take it.
     *
     * @throws QueueFull if the queue has no room for so many, or moves too slowly
     */
    public void requireRoom(int items) throws QueueFull {
        synchronized (queue) {
            queue.removeIf(entry -> entry.result.isDone());
            Duration wait = timeToDrain();
            if (queue.size() + items > limits.queue() || wait.compareTo(limits.longestWait()) > 0) {
                throw new QueueFull(queue.size(), wait);
            }
        }
    }

    /** The number of waiting items. */
    public int waiting() {
        synchronized (queue) {
            return queue.size();
        }
    }

    /** Refuses further items, finishes the current pass, and cancels the waiting items. */
    @Override
    public void close() {
        synchronized (queue) {
            closed = true;
            queue.clear(entry -> entry.result.cancel(false));
            queue.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration timeToDrain() {
        return Duration.ofNanos((long) (nanosPerItem * queue.size()));
    }

    private void run() {
        for (List<Entry<I, O>> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
            compute(batch);
        }
    }

    /** Waits for a batch; empty if the batcher is closed. */
    private List<Entry<I, O>> nextBatch() {
        List<Entry<I, O>> batch = new ArrayList<>();
        synchronized (queue) {
            while (batch.isEmpty()) {
                while (queue.isEmpty()) {
                    if (closed) {
                        return batch;
                    }
                    try {
                        queue.wait();
                    } catch (InterruptedException e) {
                        return batch;
                    }
                }
                long now = nanoTime.getAsLong();
                while (!queue.isEmpty() && batch.size() < limits.batch()) {
                    admit(queue.next(), now, batch);
                }
            }
        }
        return batch;
    }

    private void admit(Entry<I, O> entry, long now, List<Entry<I, O>> batch) {
        if (entry.result.isDone()) {
            return;
        }
        if (now - entry.deadline > 0) {
            entry.result.completeExceptionally(new DeadlineExceeded());
            return;
        }
        metrics.waited(Duration.ofNanos(now - entry.arrived));
        batch.add(entry);
    }

    // Whatever a pass throws must reach its callers, and not end the thread.
    private void compute(List<Entry<I, O>> batch) {
        long start = nanoTime.getAsLong();
        try {
            List<O> results = pass.apply(batch.stream().map(Entry::item).toList());
            long took = nanoTime.getAsLong() - start;
            metrics.ran(batch.size(), Duration.ofNanos(took));
            synchronized (queue) {
                double sample = (double) took / batch.size();
                nanosPerItem = nanosPerItem == 0 ? sample : nanosPerItem + NEWEST_WEIGHT * (sample - nanosPerItem);
            }
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result.complete(results.get(i));
            }
        } catch (RuntimeException | Error e) {
            batch.forEach(entry -> entry.result.completeExceptionally(e));
        }
    }

    private record Entry<I, O>(I item, long arrived, long deadline, CompletableFuture<O> result) {}
}
