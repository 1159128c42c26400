package dev.blastscope.trainingjobs.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.trainingjobs.Training;
import dev.blastscope.trainingjobs.TrainingState;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The events of one listener: what is new in a training since the last look. */
final class EventStream {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final SseEmitter emitter;
    private final Supplier<Optional<Training>> training;
    private EventPosition told;
    private @Nullable TrainingState state;
    private long lastSent = System.nanoTime();

    /** @param told the last event that the listener knows */
    EventStream(SseEmitter emitter, EventPosition told, Supplier<Optional<Training>> training) {
        this.emitter = emitter;
        this.told = told;
        this.training = training;
    }

    /** Tells what is new, if anything is; ends the stream when the training has ended. */
    synchronized void look() {
        try {
            Optional<Training> now = training.get();
            if (now.isPresent()) {
                tell(now.get());
            }
            if (now.isEmpty() || now.get().state().isEnd()) {
                emitter.complete();
            } else if (System.nanoTime() - lastSent > HEARTBEAT_NANOS) {
                send(SseEmitter.event().comment("still there"));
            }
        } catch (IOException | IllegalStateException gone) {
            emitter.completeWithError(gone);
        } catch (RuntimeException e) {
            log.warn("The events of a training could not be read; its listener is asked to come back", e);
            emitter.complete();
        }
    }

    private void tell(Training now) throws IOException {
        if (now.progress().isPresent()) {
            tell(now, 0, "progress", now.progress().get());
        }
        if (now.state() != state) {
            tell(now, 1, "state", new StateJson(now.state(), now.reason(), now.version(), now.activated()));
            state = now.state();
        }
        if (now.state().isEnd() && now.report().isPresent()) {
            tell(now, EventPosition.LAST_NUMBER, "report", TrainingJson.of(now));
        }
    }

    private void tell(Training now, int number, String name, Object data) throws IOException {
        EventPosition position = new EventPosition(now.revision(), number);
        if (told.isBefore(position)) {
            send(SseEmitter.event().id(position.toString()).name(name).data(data, MediaType.APPLICATION_JSON));
            told = position;
        }
    }

    private void send(SseEmitter.SseEventBuilder event) throws IOException {
        emitter.send(event);
        lastSent = System.nanoTime();
    }

    /** A state, and what came with it. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record StateJson(TrainingState state, Optional<String> reason, Optional<String> version, boolean activated) {}
}
