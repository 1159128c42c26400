package dev.blastscope.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatabaseThreadTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final DatabaseThread thread = new DatabaseThread("test");

    @Test
    void aTaskGivesItsResultOrItsException() throws Exception {
        assertThat(DatabaseThread.call("test", () -> Thread.currentThread().getName()))
                .isEqualTo("test");
        assertThat(thread.call(() -> Thread.currentThread().isDaemon())).isTrue();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> thread.call(() -> {
                    throw new IOException("as it was thrown");
                }))
                .withMessage("as it was thrown");
    }

    @Test
    void anInterruptOfItsCallerDoesNotReachATask() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        CompletableFuture<Exception> thrown = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                thread.call(() -> seen.complete(waitHere()));
            } catch (Exception e) {
                thrown.complete(e);
            }
        });
        caller.start();
        begun.await();
        caller.interrupt();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        goOn.countDown();
        assertThat(seen.get()).isEqualTo("not interrupted");
    }

    @Test
    void aCancelledTaskIsNotInterrupted() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        Future<Boolean> task = thread.submit(() -> seen.complete(waitHere()));
        begun.await();
        assertThat(task.cancel(true)).isTrue();
        goOn.countDown();
        assertThat(seen.get()).isEqualTo("not interrupted");
    }

    @Test
    void closingEndsAPauseAtOnceAndWaitsForTheTask() throws Exception {
        Future<Integer> pauses = thread.submit(() -> {
            int count = 0;
            while (thread.pause(count == 0 ? Duration.ofMillis(1) : Duration.ofDays(1))) {
                count++;
                begun.countDown();
            }
            return count;
        });
        begun.await();
        thread.close(LONG);
        assertThat(pauses.isDone()).isTrue();
        assertThat(pauses.get()).isEqualTo(1);
    }

    @Test
    void closingWaitsNoLongerThanItIsTold() throws Exception {
        Future<String> task = thread.submit(this::waitHere);
        begun.await();
        thread.close(Duration.ofMillis(10));
        assertThat(task.isDone()).isFalse();
        goOn.countDown();
        assertThat(task.get()).isEqualTo("not interrupted");
    }

    private String waitHere() {
        begun.countDown();
        try {
            return goOn.await(LONG.toSeconds(), TimeUnit.SECONDS) ? "not interrupted" : "too late";
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }
}
