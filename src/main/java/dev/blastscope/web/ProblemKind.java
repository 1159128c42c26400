package dev.blastscope.web;

import io.swagger.v3.oas.models.examples.Example;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/**
 * A kind of problem, written once: responses and the OpenAPI document both read it.
 *
 * @param code stable, in kebab-case
 * @param status the HTTP status
 * @param description when it occurs, for the OpenAPI document
 * @param example a detail as it may be sent: the rule broken and the way out
 */
public record ProblemKind(String code, HttpStatusCode status, String description, String example) {

    public static ProblemKind of(HttpStatus status, String code, String description, String example) {
        return new ProblemKind(code, status, description, example);
    }

    /** A problem of this kind. */
    public ProblemDetail problem(String detail) {
        return Problem.of(status, code, detail);
    }

    Example toExample() {
        ProblemDetail problem = problem(example);
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("type", String.valueOf(problem.getType()));
        value.put("code", code);
        value.put("title", problem.getTitle());
        value.put("status", problem.getStatus());
        value.put("detail", example);
        return new Example().summary(description).value(value);
    }
}
