package dev.blastscope.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs with latches: the first pass is held until the test has queued what it wants. */
class BatcherTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstPassBegan = new CountDownLatch(1);
    private final CountDownLatch firstPassMayEnd = new CountDownLatch(1);
    private final Recorder metrics = new Recorder();
    private final Batcher<Integer, Integer> batcher =
            new Batcher<>("test-batcher", new BatchingLimits(4, 3, LONG), this::doubled, metrics);

    @AfterEach
    void close() {
        firstPassMayEnd.countDown();
        batcher.close();
    }

    @Test
    void anIdleBatcherStartsAtOnceWithOneItem() throws Exception {
        firstPassMayEnd.countDown();

        assertThat(result(submit(21))).isEqualTo(42);
        assertThat(batches).containsExactly(List.of(21));
    }

    @Test
    void aCallerWithManyItemsDoesNotHoldUpOneWithASingleItem() throws Exception {
        Future<Integer> first = submit(1);
        firstPassBegan.await();
        List<Future<Integer>> many = batcher.submit(List.of(10, 11, 12), LONG);
        Future<Integer> single = submit(20);
        firstPassMayEnd.countDown();

        assertThat(result(first)).isEqualTo(2);
        assertThat(result(single)).isEqualTo(40);
        assertThat(result(many.get(2))).isEqualTo(24);
        assertThat(batches).containsExactly(List.of(1), List.of(10, 20, 11), List.of(12));
    }

    @Test
    void itemsThatQueueWhileAPassRunsShareTheNextInOrder() throws Exception {
        Future<Integer> first = submit(1);
        firstPassBegan.await();
        List<Future<Integer>> others = batcher.submit(List.of(2, 3, 4, 5), LONG);
        firstPassMayEnd.countDown();

        assertThat(result(first)).isEqualTo(2);
        for (int i = 0; i < others.size(); i++) {
            assertThat(result(others.get(i))).isEqualTo(2 * (i + 2));
        }
        assertThat(batches).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5));
        assertThat(metrics.sizes).containsExactly(1, 3, 1);
    }

    @Test
    void aFullQueueRefusesAllItemsOfACallAndSaysWhenToTryAgain() throws Exception {
        Future<Integer> running = submit(1);
        firstPassBegan.await();
        List<Future<Integer>> waiting = batcher.submit(List.of(2, 3, 4), LONG);

        assertThatExceptionOfType(QueueFull.class)
                .isThrownBy(() -> batcher.submit(List.of(5, 6), LONG))
                .satisfies(refusal ->
                        assertThat(refusal.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(1), LONG))
                .withMessageContaining("3 images are waiting");
        assertThat(batcher.waiting()).isEqualTo(3);
        batcher.requireRoom(1);
        assertThatExceptionOfType(QueueFull.class).isThrownBy(() -> batcher.requireRoom(2));
        Future<Integer> fits = submit(5);
        firstPassMayEnd.countDown();
        assertThat(result(fits)).isEqualTo(10);
        assertThat(result(running)).isEqualTo(2);
        assertThat(result(waiting.get(2))).isEqualTo(8);
    }

    @Test
    void inAnOverloadThoseThatCameLastAndAloneAreSentAway() throws Exception {
        Future<Integer> running = submit(1);
        firstPassBegan.await();
        Future<Integer> first = submit(2);
        List<Future<Integer>> together = batcher.submit(List.of(3, 4), LONG);
        Future<Integer> last = submit(5);

        assertThatExceptionOfType(QueueFull.class).isThrownBy(() -> submit(6));
        assertThat(last)
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(QueueFull.class);
        assertThat(batcher.waiting()).isEqualTo(3);
        firstPassMayEnd.countDown();
        assertThat(result(running)).isEqualTo(2);
        assertThat(result(first)).isEqualTo(4);
        assertThat(result(together.get(1))).isEqualTo(8);
    }

    @Test
    void aPlaceIsTakenUntilItIsFilledOrGivenBack() throws Exception {
        firstPassMayEnd.countDown();
        List<Future<Integer>> results;
        try (Batcher<Integer, Integer>.Places places = batcher.reserve(3)) {
            batcher.requireRoom(1);
            assertThatExceptionOfType(QueueFull.class)
                    .isThrownBy(() -> batcher.requireRoom(2))
                    .withMessageContaining("3 images are waiting");
            assertThatIllegalArgumentException().isThrownBy(() -> places.submit(List.of(1, 2, 3, 4), LONG));
            results = places.submit(List.of(1, 2), LONG);
            assertThat(result(results.get(1))).isEqualTo(4);
            batcher.requireRoom(3);
            assertThatExceptionOfType(QueueFull.class).isThrownBy(() -> batcher.requireRoom(4));
        }
        batcher.requireRoom(4);
    }

    @Test
    void aCancelledItemLeavesTheQueueAndMakesRoom() throws Exception {
        Future<Integer> running = submit(1);
        firstPassBegan.await();
        List<Future<Integer>> waiting = batcher.submit(List.of(2, 3, 4, 5), LONG);
        waiting.get(1).cancel(false);
        Future<Integer> late = submit(6);
        firstPassMayEnd.countDown();

        assertThat(result(running)).isEqualTo(2);
        assertThat(result(late)).isEqualTo(12);
        assertThat(result(waiting.get(3))).isEqualTo(10);
        assertThat(batches).containsExactly(List.of(1), List.of(2, 6, 4), List.of(5));
    }

    @Test
    void anItemWhoseDeadlinePassedIsNotComputed() throws Exception {
        Future<Integer> running = submit(1);
        firstPassBegan.await();
        Future<Integer> expired =
                batcher.submit(List.of(2), Duration.ofNanos(-1)).get(0);
        Future<Integer> patient = submit(3);
        firstPassMayEnd.countDown();

        assertThat(result(running)).isEqualTo(2);
        assertThat(result(patient)).isEqualTo(6);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> result(expired))
                .withCauseInstanceOf(DeadlineExceeded.class);
        assertThat(batches).containsExactly(List.of(1), List.of(3));
    }

    @Test
    void aPassThatFailsFailsItsCallersOnly() throws Exception {
        firstPassMayEnd.countDown();
        Future<Integer> broken = submit(-1);

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> result(broken))
                .withMessageContaining("negative");
        assertThat(result(submit(4))).isEqualTo(8);
    }

    @Test
    void closingCancelsWhatWaitsAndRefusesMore() throws Exception {
        Future<Integer> running = submit(1);
        firstPassBegan.await();
        Future<Integer> waiting = submit(2);
        Thread closer = new Thread(batcher::close);
        closer.start();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> result(waiting));
        firstPassMayEnd.countDown();
        closer.join();

        assertThat(result(running)).isEqualTo(2);
        assertThatIllegalStateException().isThrownBy(() -> submit(3));
    }

    @Test
    void aQueueThatMovesTooSlowlyTakesNoMoreAndStaysShortUntilItIsCalm() throws Exception {
        AtomicLong clock = new AtomicLong();
        CountDownLatch secondPassBegan = new CountDownLatch(2);
        CountDownLatch secondPassMayEnd = new CountDownLatch(1);
        BatchingLimits limits = new BatchingLimits(100, 1, Duration.ofSeconds(5));
        try (Batcher<Integer, Integer> slow = new Batcher<>(
                "slow",
                limits,
                items -> {
                    clock.addAndGet(Duration.ofSeconds(2).toNanos());
                    secondPassBegan.countDown();
                    if (secondPassBegan.getCount() == 0) {
                        awaitQuietly(secondPassMayEnd);
                    }
                    return items;
                },
                metrics,
                clock::get)) {
            assertThat(result(slow.submit(List.of(1), LONG).get(0))).isEqualTo(1);
            Future<Integer> running = slow.submit(List.of(2), LONG).get(0);
            secondPassBegan.await();
            List<Future<Integer>> waiting = slow.submit(List.of(3, 4, 5), LONG);

            assertThatExceptionOfType(QueueFull.class)
                    .isThrownBy(() -> slow.requireRoom(1))
                    .satisfies(refusal -> assertThat(refusal.retryAfter()).hasValue(Duration.ofSeconds(6)));
            assertThat(waiting.get(0).cancel(false)).isTrue();
            clock.addAndGet(Duration.ofMillis(400).toNanos());
            assertThatExceptionOfType(QueueFull.class)
                    .as("in an overload one batch may wait")
                    .isThrownBy(() -> slow.requireRoom(1));
            clock.addAndGet(Duration.ofMillis(400).toNanos());
            assertThatExceptionOfType(QueueFull.class)
                    .as("which each further refusal prolongs")
                    .isThrownBy(() -> slow.requireRoom(1));
            clock.addAndGet(Duration.ofMillis(500).toNanos());
            slow.requireRoom(1);
            secondPassMayEnd.countDown();
            assertThat(result(running)).isEqualTo(2);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Future<Integer> submit(int item) throws QueueFull {
        return batcher.submit(List.of(item), LONG).get(0);
    }

    private static Integer result(Future<Integer> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private List<Integer> doubled(List<Integer> items) {
        firstPassBegan.countDown();
        awaitQuietly(firstPassMayEnd);
        batches.add(items);
        if (items.contains(-1)) {
            throw new IllegalArgumentException("negative");
        }
        return items.stream().map(item -> 2 * item).toList();
    }

    private static final class Recorder implements BatchMetrics {

        private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void waited(Duration wait) {
            assertThat(wait.isNegative()).isFalse();
        }

        @Override
        public void ran(int items, Duration duration) {
            sizes.add(items);
        }
    }
}
