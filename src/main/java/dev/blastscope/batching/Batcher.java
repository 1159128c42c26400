package dev.blastscope.batching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

    /** An overload is over when for so long nothing found the queue full. */
    private static final long CALM_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final BatchingLimits limits;
    private final Function<List<I>, List<O>> pass;
    private final BatchMetrics metrics;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private final TurnQueue<Entry<I, O>> queue = new TurnQueue<>();
    private boolean closed;
    private double nanosPerItem;
    /** Places that callers keep for items which they still prepare. */
    private int reserved;

    private boolean overloaded;
    private long lastFull;

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
     *     {@link DeadlineExceeded} when its turn came too late, and with {@link QueueFull} if it came alone and had to
     *     leave in an overload
     * @throws QueueFull if the queue has no room for all of them, or moves too slowly
     * @throws IllegalStateException if the batcher is closed
     */
    public List<Future<O>> submit(List<I> items, Duration deadline) throws QueueFull {
        try (Places places = reserve(items.size())) {
            return places.submit(items, deadline);
        }
    }

    /**
     * Keeps places for items that have yet to be prepared, so that none is prepared in vain: they count as taken.
     *
     * @throws QueueFull as {@link #requireRoom}
     */
    public Places reserve(int items) throws QueueFull {
        synchronized (queue) {
            requireRoom(items);
            reserved += items;
            return new Places(items);
        }
    }

    /**
     * Checks for room; another caller may still take it.
     *
     * <p>A queue without a place for even one more item is a standing one: whoever waits in it is answered later, and
     * not one more is answered. From then on, until nothing finds it full any more, only one batch may wait, which is
     * enough to fill the next pass (the idea of controlled delay, Nichols and Jacobson, ACM Queue 10, 2012). Those that
     * came last are sent away at once; items that came together stay together.
     *
     * @throws QueueFull if the queue has no room for so many, or moves too slowly
     */
    public void requireRoom(int items) throws QueueFull {
        synchronized (queue) {
            queue.removeIf(entry -> entry.result.isDone());
            Duration wait = timeToDrain();
            if (isFull(wait)) {
                lastFull = nanoTime.getAsLong();
                if (!overloaded) {
                    overloaded = true;
                    QueueFull refusal = new QueueFull(taken(), wait);
                    queue.shorten(limits.batch(), Entry::alone, entry -> entry.result.completeExceptionally(refusal));
                }
            } else if (taken() + items <= limits.queue()) {
                return;
            }
            throw new QueueFull(taken(), wait);
        }
    }

    private int taken() {
        return queue.size() + reserved;
    }

    private boolean isFull(Duration wait) {
        overloaded &= nanoTime.getAsLong() - lastFull < CALM_NANOS;
        int most = overloaded ? Math.min(limits.queue(), limits.batch()) : limits.queue();
        return taken() >= most || wait.compareTo(limits.longestWait()) > 0;
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
        return Duration.ofNanos((long) (nanosPerItem * taken()));
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

    /** Places in the queue that a caller keeps until it fills them or closes this. For one thread. */
    public final class Places implements AutoCloseable {

        private int kept;

        private Places(int items) {
            kept = items;
        }

        /**
         * Queues items in these places.
         *
         * @param items no more than the places that are left
         * @param deadline how long from now each may wait
         * @return as {@link Batcher#submit}
         * @throws IllegalStateException if the batcher is closed
         */
        public List<Future<O>> submit(List<I> items, Duration deadline) {
            long now = nanoTime.getAsLong();
            List<Entry<I, O>> entries = items.stream()
                    .map(item -> new Entry<>(
                            item, items.size() == 1, now, now + deadline.toNanos(), new CompletableFuture<O>()))
                    .toList();
            synchronized (queue) {
                if (closed) {
                    throw new IllegalStateException("The batcher is closed.");
                }
                giveBack(items.size());
                queue.add(entries);
                queue.notifyAll();
            }
            return entries.stream().<Future<O>>map(Entry::result).toList();
        }

        /** Gives back the places that were not filled. */
        @Override
        public void close() {
            synchronized (queue) {
                giveBack(kept);
            }
        }

        private void giveBack(int places) {
            if (places > kept) {
                throw new IllegalArgumentException(places + " items for " + kept + " places");
            }
            kept -= places;
            reserved -= places;
        }
    }

    private record Entry<I, O>(I item, boolean alone, long arrived, long deadline, CompletableFuture<O> result) {}
}
