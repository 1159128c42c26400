package dev.blastscope.inference;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * The stages of a prediction as spans below the span of its request: decode, wait for a forward pass, forward, and
 * record.
 *
 * <p>They are reported once they have ended, as several requests share a forward pass on a thread of its own. A request
 * that is not traced costs only a look at a thread-local variable.
 */
@Component
final class PredictionSpans {

    private final Tracer tracer;

    PredictionSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /**
     * Adds a stage to the trace of this thread's request, if there is one.
     *
     * @param start by {@link System#nanoTime}
     * @param end likewise
     */
    void add(String stage, long start, long end) {
        Span request = tracer.currentSpan();
        if (request == null || request.isNoop()) {
            return;
        }
        long now = System.nanoTime();
        long epoch = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
        tracer.spanBuilder()
                .name(stage)
                .startTimestamp(epoch - (now - start), TimeUnit.NANOSECONDS)
                .start()
                .end(epoch - (now - end), TimeUnit.NANOSECONDS);
    }
}
