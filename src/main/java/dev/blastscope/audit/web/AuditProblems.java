package dev.blastscope.audit.web;

import dev.blastscope.audit.AuditUnavailable;
import dev.blastscope.web.Problem;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells that nothing is done which cannot be put on record. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class AuditProblems {

    private static final Duration UNTIL_ANOTHER_TRY = Duration.ofSeconds(5);

    @ExceptionHandler
    ResponseEntity<Object> unavailable(AuditUnavailable e) {
        return Problem.response(
                Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "audit-unavailable",
                        e.getMessage() + " Try again in a moment; the operator finds the reason in the log."),
                UNTIL_ANOTHER_TRY);
    }
}
