package dev.blastscope.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns what goes wrong before or beside a feature into a problem; features tell their own refusals. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> malformed(MultipartException e) {
        return Problem.response(Problem.of(
                HttpStatus.BAD_REQUEST,
                "malformed-multipart",
                "The multipart body could not be read to its end. Send a complete multipart/form-data body with its"
                        + " closing boundary; an HTTP client's own file upload does so."));
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(RequestRefused e) {
        return Problem.response(Problem.of(e.status(), e.code(), e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception e, HttpServletRequest request) {
        log.error("{} {} failed unexpectedly", request.getMethod(), request.getRequestURI(), e);
        return Problem.response(Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "Something went wrong in the service. Its log tells more under this answer's X-Request-Id."));
    }

    @Override
    protected ResponseEntity<Object> handleMaxUploadSizeExceededException(
            MaxUploadSizeExceededException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return Problem.response(
                Problem.of(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "too-many-bytes",
                        "The upload is larger than this service accepts. Send a smaller or more compressed image, or fewer at once."));
    }

    /** Gives Spring's own problems the code, type and content type of ours; they name a rule and nothing internal. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpStatus known = HttpStatus.resolve(status.value());
        String code =
                known == null ? "error" : known.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String detail = body instanceof ProblemDetail problem && problem.getDetail() != null
                ? problem.getDetail()
                : "The request cannot be answered.";
        HttpHeaders kept = new HttpHeaders();
        kept.addAll(headers);
        return Problem.response(Problem.of(status, code, detail), kept);
    }
}
