package dev.blastscope.web;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Problem details (RFC 9457) as this service writes them: a stable code, and a detail that names the rule broken. */
public final class Problem {

    private static final String URN = "urn:blastscope:problem:";

    private Problem() {}

    /**
     * A problem.
     *
     * @param code stable, in kebab-case; the type is {@code urn:blastscope:problem:} and the code
     * @param detail for people: the rule broken and the way out; never a path, a payload or a file name
     */
    public static ProblemDetail of(HttpStatusCode status, String code, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(URN + code));
        problem.setProperty("code", code);
        HttpStatus known = HttpStatus.resolve(status.value());
        problem.setTitle(known == null ? "Error" : known.getReasonPhrase());
        return problem;
    }

    /** A problem of HTTP itself, whose code is the name of its status. */
    static ProblemDetail of(HttpStatusCode status, String detail) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return of(status, known == null ? "error" : code(known), detail);
    }

    static String code(HttpStatus status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A response with the problem, as JSON whatever the request accepts. */
    public static ResponseEntity<Object> response(ProblemDetail problem) {
        return response(problem, new HttpHeaders());
    }

    /** A response with the problem that says when to try again. */
    public static ResponseEntity<Object> response(ProblemDetail problem, Duration retryAfter) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
        return response(problem, headers);
    }

    static ResponseEntity<Object> response(ProblemDetail problem, HttpHeaders headers) {
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(problem, headers, HttpStatusCode.valueOf(problem.getStatus()));
    }
}
