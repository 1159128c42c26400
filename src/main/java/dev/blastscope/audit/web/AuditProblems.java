package dev.blastscope.audit.web;

import dev.blastscope.audit.AuditUnavailable;
import dev.blastscope.web.Problem;
import dev.blastscope.web.ProblemCatalog;
import dev.blastscope.web.ProblemKind;
import java.time.Duration;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.HandlerMethod;

/** The problems of the audit trail. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class AuditProblems implements ProblemCatalog {

    static final ProblemKind INVALID_FILTER = ProblemKind.of(
            HttpStatus.BAD_REQUEST,
            "invalid-filter",
            "A search criterion is malformed",
            "since must be a time with a time zone, such as 2026-11-22T08:30:00Z.");
    static final ProblemKind INVALID_HEAD = ProblemKind.of(
            HttpStatus.BAD_REQUEST,
            "invalid-head",
            "The noted head is malformed",
            "A noted head is the number of a record, a colon and its hash of 64 lower-case hexadecimal digits, as a"
                    + " verification prints them.");
    static final ProblemKind INVALID_DIGEST = ProblemKind.of(
            HttpStatus.BAD_REQUEST,
            "invalid-digest",
            "The SHA-256 of an image is malformed",
            "An image is identified by the SHA-256 of its file, 64 lower-case hexadecimal digits, as in a prediction.");

    private static final ProblemKind UNAVAILABLE = ProblemKind.of(
            HttpStatus.SERVICE_UNAVAILABLE,
            "audit-unavailable",
            "The audit trail cannot be written",
            "The audit trail cannot be written at present, and nothing is done without a record. Try again in a moment;"
                    + " the log of the service has the reason.");

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /**
     * Not a {@link dev.blastscope.refusal.Refusal}, as any action may fail by it, like by an outage of the database.
     */
    @ExceptionHandler
    ResponseEntity<Object> unavailable(AuditUnavailable e) {
        return Problem.response(UNAVAILABLE.problem(UNAVAILABLE.example()), RETRY_AFTER);
    }

    @Override
    public List<ProblemKind> kinds() {
        return List.of(INVALID_FILTER, INVALID_HEAD, INVALID_DIGEST, UNAVAILABLE);
    }

    /** Every operation is recorded that does more than read; those of the audit trail itself write to it directly. */
    @Override
    public List<ProblemKind> impliedFor(HandlerMethod operation) {
        boolean isRecorded =
                !operation.hasMethodAnnotation(GetMapping.class) && operation.getBeanType() != AuditController.class;
        return isRecorded ? List.of(UNAVAILABLE) : List.of();
    }
}
