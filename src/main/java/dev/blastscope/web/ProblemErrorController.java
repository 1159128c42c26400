package dev.blastscope.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers with a problem also what failed outside of Spring MVC, in a filter or the container. */
@Hidden
@RestController
final class ProblemErrorController implements ErrorController {

    static final String THEIRS = "The request cannot be answered as it was sent.";

    @RequestMapping("/error")
    ResponseEntity<Object> error(HttpServletRequest request) {
        ProblemDetail problem = problem(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String asked) {
            problem.setInstance(URI.create(asked));
        }
        return Problem.response(problem);
    }

    private static ProblemDetail problem(@Nullable Object code) {
        HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
        HttpStatus known = status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
        return Problem.of(known, known.is4xxClientError() ? THEIRS : WebProblems.INTERNAL_SERVER_ERROR.example());
    }
}
