package dev.blastscope.inference.web;

import dev.blastscope.batching.DeadlineExceeded;
import dev.blastscope.batching.QueueFull;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.image.ImageRejected.Reason;
import dev.blastscope.inference.ClientDisconnected;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.web.Problem;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells the refusals of a prediction as problems. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PredictionProblems {

    /** Nobody reads it; it keeps such requests apart in the metrics. The number is nginx's. */
    private static final HttpStatusCode CLIENT_CLOSED_REQUEST = HttpStatusCode.valueOf(499);

    private static final Duration UNTIL_LOADED = Duration.ofSeconds(5);

    @ExceptionHandler({ImageRejected.class, DeadlineExceeded.class, ClientDisconnected.class, NoSuchModel.class})
    ResponseEntity<Object> refused(Exception refusal) {
        return Problem.response(of(refusal));
    }

    @ExceptionHandler
    ResponseEntity<Object> overloaded(QueueFull refusal) {
        return Problem.response(of(refusal), refusal.retryAfter());
    }

    @ExceptionHandler
    ResponseEntity<Object> notReady(ModelNotReady refusal) {
        return Problem.response(of(refusal), UNTIL_LOADED);
    }

    /** The problem that a refusal is; its message was written for callers. */
    static ProblemDetail of(Exception refusal) {
        String message = String.valueOf(refusal.getMessage());
        if (refusal instanceof ImageRejected rejected) {
            return Problem.of(status(rejected.reason()), rejected.reason().code(), message);
        }
        if (refusal instanceof QueueFull) {
            return Problem.of(HttpStatus.TOO_MANY_REQUESTS, "overloaded", message);
        }
        if (refusal instanceof ModelNotReady) {
            return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "model-not-ready", message);
        }
        if (refusal instanceof ClientDisconnected) {
            return Problem.of(CLIENT_CLOSED_REQUEST, "caller-gone", message);
        }
        if (refusal instanceof NoSuchModel) {
            return Problem.of(HttpStatus.NOT_FOUND, "no-such-model", message);
        }
        return Problem.of(HttpStatus.GATEWAY_TIMEOUT, "deadline-passed", message);
    }

    private static HttpStatus status(Reason reason) {
        return switch (reason) {
            case EMPTY -> HttpStatus.BAD_REQUEST;
            case TOO_MANY_BYTES, TOO_MANY_PIXELS, SIDE_TOO_LONG -> HttpStatus.CONTENT_TOO_LARGE;
            case NOT_AN_IMAGE -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case TOO_SMALL, TRUNCATED, DAMAGED, UNSUPPORTED_PIXELS -> HttpStatus.UNPROCESSABLE_CONTENT;
        };
    }
}
