package dev.blastscope.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.blastscope.batching.DeadlineExceeded;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PendingPredictionTest {

    private final CompletableFuture<String> pending = new CompletableFuture<>();

    @Test
    void aResultThatIsThereIsGivenWithoutLookingAfterTheCaller() throws Exception {
        pending.complete("answer");
        AtomicInteger looks = new AtomicInteger();

        String result = new PendingPrediction(new Client(Duration.ofMinutes(1), () -> looks.incrementAndGet() > 0))
                .result(pending);

        assertThat(result).isEqualTo("answer");
        assertThat(looks).hasValue(0);
    }

    @Test
    void whatACallerWaitedForLeavesTheQueueWithHim() {
        AtomicInteger looks = new AtomicInteger();
        PendingPrediction waiting =
                new PendingPrediction(new Client(Duration.ofMinutes(1), () -> looks.incrementAndGet() == 2));

        assertThatExceptionOfType(Client.Disconnected.class).isThrownBy(() -> waiting.result(pending));
        assertThat(pending).isCancelled();
        assertThat(looks).hasValue(2);
    }

    @Test
    void whatComesAfterTheDeadlineLeavesTheQueue() {
        PendingPrediction waiting = new PendingPrediction(new Client(Duration.ofMillis(1), () -> false));

        assertThatExceptionOfType(DeadlineExceeded.class).isThrownBy(() -> waiting.result(pending));
        assertThat(pending).isCancelled();
    }

    @Test
    void theCauseOfAFailedPassIsKept() {
        IllegalStateException cause = new IllegalStateException("out of memory");
        pending.completeExceptionally(cause);

        assertThatIllegalStateException()
                .isThrownBy(() -> new PendingPrediction(new Client(Duration.ofMinutes(1), () -> false)).result(pending))
                .withCause(cause);
    }
}
