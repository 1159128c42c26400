package dev.blastscope.trainingjobs.web;

import dev.blastscope.trainingjobs.Trainings;
import dev.blastscope.web.RequestRefused;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Sends listeners what changes in a training, whichever node works on it: it polls the database. */
@Component
class TrainingEvents implements DisposableBean {

    private static final int MAX_LISTENERS = 64;
    private static final long BETWEEN_LOOKS_MS = 500;
    private static final long NO_TIMEOUT = 0;
    private static final Duration UNTIL_ANOTHER_TRY = Duration.ofSeconds(5);

    private final Trainings trainings;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "training-events");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<SseEmitter, ScheduledFuture<?>> listeners = new ConcurrentHashMap<>();

    TrainingEvents(Trainings trainings) {
        this.trainings = trainings;
    }

    /** A stream of the events after a position, to the end of the training. */
    SseEmitter follow(UUID training, EventStream.Position from) {
        if (listeners.size() >= MAX_LISTENERS) {
            throw new RequestRefused(
                    TrainingProblems.TOO_MANY_LISTENERS,
                    TrainingProblems.TOO_MANY_LISTENERS.example(),
                    UNTIL_ANOTHER_TRY);
        }
        SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
        EventStream stream = new EventStream(emitter, from, () -> trainings.find(training));
        emitter.onCompletion(() -> forget(emitter));
        emitter.onError(gone -> forget(emitter));
        listeners.put(
                emitter, threads.scheduleWithFixedDelay(stream::look, 0, BETWEEN_LOOKS_MS, TimeUnit.MILLISECONDS));
        return emitter;
    }

    private void forget(SseEmitter emitter) {
        ScheduledFuture<?> looks = listeners.remove(emitter);
        if (looks != null) {
            looks.cancel(false);
        }
    }

    /** Ends the streams before the server waits for its requests; listeners reconnect to another node. */
    @EventListener(ContextClosedEvent.class)
    void shutDown() {
        listeners.keySet().forEach(SseEmitter::complete);
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
