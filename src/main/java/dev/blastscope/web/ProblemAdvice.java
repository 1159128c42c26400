package dev.blastscope.web;

import dev.blastscope.refusal.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Answers every refusal and every failure of a request with a problem. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final DataSize maxFormSize;
    private final int maxParts;
    private final ProblemKinds kinds;

    ProblemAdvice(
            ProblemKinds kinds,
            @Value("${spring.servlet.multipart.max-request-size}") DataSize maxFormSize,
            @Value("${server.tomcat.max-part-count}") int maxParts) {
        this.kinds = kinds;
        this.maxFormSize = maxFormSize;
        this.maxParts = maxParts;
    }

    @ExceptionHandler
    ResponseEntity<Object> malformed(MultipartException e) {
        return Problem.response(WebProblems.MALFORMED_MULTIPART.problem(WebProblems.MALFORMED_MULTIPART.example()));
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(Refusal refusal) {
        if (!refusal.detail().equals(refusal.getMessage())) {
            log.warn("{}", refusal.getMessage());
        }
        ProblemDetail problem = kinds.problem(refusal);
        return refusal.retryAfter()
                .map(delay -> Problem.response(problem, delay))
                .orElseGet(() -> Problem.response(problem));
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(RequestRefused e) {
        ProblemDetail problem = Problem.of(e.status(), e.code(), e.getMessage());
        return e.retryAfter().map(delay -> Problem.response(problem, delay)).orElseGet(() -> Problem.response(problem));
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception e, HttpServletRequest request) {
        Optional<RequestRefused> outage = DatabaseOutage.of(e);
        if (outage.isPresent()) {
            log.warn("{} {} was refused: the database failed.", request.getMethod(), request.getRequestURI(), e);
            return refused(outage.get());
        }
        log.error("{} {} failed unexpectedly", request.getMethod(), request.getRequestURI(), e);
        return Problem.response(WebProblems.INTERNAL_SERVER_ERROR.problem(WebProblems.INTERNAL_SERVER_ERROR.example()));
    }

    @Override
    protected ResponseEntity<Object> handleMaxUploadSizeExceededException(
            MaxUploadSizeExceededException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return Problem.response(
                WebProblems.FORM_TOO_LARGE.problem("A form may have at most " + maxFormSize.toMegabytes() + " MB and "
                        + maxParts + " parts. Send smaller images, or fewer at once."));
    }

    /** Gives Spring's own problems the code, type and content type of ours, and a detail that says what to do. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpHeaders kept = new HttpHeaders();
        kept.addAll(headers);
        return Problem.response(Problem.of(status, detail(e)), kept);
    }

    private static String detail(Exception e) {
        if (e instanceof NoResourceFoundException) {
            return WebProblems.NOT_FOUND.example();
        }
        if (e instanceof MethodArgumentTypeMismatchException mismatch) {
            return "The parameter " + mismatch.getName() + " must be " + form(mismatch.getRequiredType()) + ".";
        }
        if (e instanceof HttpRequestMethodNotSupportedException method) {
            return "The method " + method.getMethod() + " does not apply here. Use "
                    + method.getHeaders().getFirst(HttpHeaders.ALLOW) + ".";
        }
        if (e instanceof HttpMediaTypeNotAcceptableException type) {
            return type.getSupportedMediaTypes().isEmpty()
                    ? "The Accept header is not valid."
                    : "The Accept header must allow " + MediaType.toString(type.getSupportedMediaTypes()) + ".";
        }
        if (e instanceof HttpMediaTypeException type) {
            return "The Content-Type of the body must be one of: " + MediaType.toString(type.getSupportedMediaTypes())
                    + ".";
        }
        String detail = e instanceof ErrorResponse response ? response.getBody().getDetail() : null;
        return Objects.requireNonNullElse(detail, ProblemErrorController.THEIRS);
    }

    private static String form(@Nullable Class<?> type) {
        if (type == null || type == String.class) {
            return "of the right form";
        }
        if (type.isEnum()) {
            return "one of: "
                    + Stream.of(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(", "));
        }
        return ClassUtils.resolvePrimitiveIfNecessary(type) == Boolean.class ? "true or false" : "a whole number";
    }
}
