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
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells listeners what changes in a training, whichever node works on it: it looks into the database. */
@Component
class TrainingEvents implements DisposableBean {

    private static final int MOST_LISTENERS = 64;
    private static final long BETWEEN_LOOKS_MS = 500;
    private static final long NO_TIMEOUT = 0;

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

    /** A stream of the events behind a position, to the end of the training. */
    SseEmitter follow(UUID training, EventPosition from) {
        if (listeners.size() >= MOST_LISTENERS) {
            throw new RequestRefused(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "too-many-listeners",
                    TrainingProblems.LISTENERS,
                    Duration.ofSeconds(5));
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

    /** Ends the streams before the server waits for its requests; listeners come back to another node. */
    @EventListener(ContextClosedEvent.class)
    void shutDown() {
        listeners.keySet().forEach(SseEmitter::complete);
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
