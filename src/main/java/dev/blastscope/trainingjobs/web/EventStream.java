package dev.blastscope.trainingjobs.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.trainingjobs.Training;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private Position sent;
    private Training.@Nullable State state;
    private long lastSent = System.nanoTime();

    /** @param sent the last event that the listener has */
    EventStream(SseEmitter emitter, Position sent, Supplier<Optional<Training>> training) {
        this.emitter = emitter;
        this.sent = sent;
        this.training = training;
    }

    /** Sends what is new, if anything is; ends the stream when the training has ended. */
    synchronized void look() {
        try {
            Optional<Training> now = training.get();
            if (now.isPresent()) {
                sendNews(now.get());
            }
            if (now.isEmpty() || now.get().state().isEnd()) {
                emitter.complete();
            } else if (System.nanoTime() - lastSent > HEARTBEAT_NANOS) {
                send(SseEmitter.event().comment("heartbeat"));
            }
        } catch (IOException | IllegalStateException disconnected) {
            emitter.completeWithError(disconnected);
        } catch (RuntimeException e) {
            log.warn("The events of a training could not be read; its listener has to reconnect", e);
            emitter.complete();
        }
    }

    private void sendNews(Training now) throws IOException {
        if (now.progress().isPresent()) {
            sendNew(now, 0, "progress", now.progress().get());
        }
        if (now.state() != state) {
            sendNew(now, 1, "state", new StateJson(now.state(), now.reason(), now.version(), now.activated()));
            state = now.state();
        }
        if (now.state().isEnd() && now.report().isPresent()) {
            sendNew(now, Position.LAST_NUMBER, "report", TrainingJson.of(now));
        }
    }

    private void sendNew(Training now, int number, String name, Object data) throws IOException {
        Position position = new Position(now.revision(), number);
        if (sent.isBefore(position)) {
            send(SseEmitter.event().id(position.toString()).name(name).data(data, MediaType.APPLICATION_JSON));
            sent = position;
        }
    }

    private void send(SseEmitter.SseEventBuilder event) throws IOException {
        emitter.send(event);
        lastSent = System.nanoTime();
    }

    /** The data of a state event. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record StateJson(Training.State state, Optional<String> reason, Optional<String> version, boolean activated) {}

    /**
     * The position of an event among those of a training, which is the event's id: the revision of the training, and
     * the event's number within it.
     *
     * @param number from 0: progress, state, report
     */
    record Position(long revision, int number) {

        private static final int LAST_NUMBER = 2;
        private static final Position START = new Position(0, LAST_NUMBER);
        private static final Pattern FORM = Pattern.compile("([0-9]{1,18})\\.([0-2])");

        /** The start if the text is absent or no id. */
        static Position parse(@Nullable String text) {
            Matcher matcher = FORM.matcher(text == null ? "" : text);
            return matcher.matches()
                    ? new Position(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                    : START;
        }

        boolean isBefore(Position other) {
            return revision < other.revision || (revision == other.revision && number < other.number);
        }

        /** Whether the training has ended and there is no later event. */
        boolean isBehind(Training training) {
            int last = training.report().isPresent() ? LAST_NUMBER : LAST_NUMBER - 1;
            return training.state().isEnd() && !isBefore(new Position(training.revision(), last));
        }

        @Override
        public String toString() {
            return revision + "." + number;
        }
    }
}
