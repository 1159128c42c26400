package dev.blastscope.web;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/** A request that breaks a rule of the HTTP contract; the message names the rule and how to follow it. */
public final class RequestRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatusCode status;
    private final String code;
    private final @Nullable Duration retryAfter;

    /** A refusal of a kind, in the words of its example. */
    public RequestRefused(ProblemKind kind) {
        this(kind, kind.example());
    }

    public RequestRefused(ProblemKind kind, String message) {
        this(kind, message, null);
    }

    /** A refusal that says when to try again. */
    public RequestRefused(ProblemKind kind, String message, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.status = kind.status();
        this.code = kind.code();
        this.retryAfter = retryAfter;
    }

    HttpStatusCode status() {
        return status;
    }

    String code() {
        return code;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
