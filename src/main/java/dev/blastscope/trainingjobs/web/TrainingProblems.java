package dev.blastscope.trainingjobs.web;

import dev.blastscope.trainingjobs.TrainingExists;
import dev.blastscope.web.ApiDescription;
import dev.blastscope.web.Problem;
import dev.blastscope.web.RequestRefused;
import io.swagger.v3.oas.models.OpenAPI;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The problems of trainings, as they are sent and as the API's description shows them. */
@RestControllerAdvice(assignableTypes = TrainingController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class TrainingProblems implements OpenApiCustomizer {

    static final String INVALID_PAGE = "page must be at least 0, and size between 1 and 100.";
    static final String ENDED = "The training has ended, and what has ended cannot be cancelled.";
    static final String LISTENERS = "Too many listeners follow trainings here. Ask for the training itself meanwhile.";

    private static final String NONE = "There is no training of this id. The list of trainings shows which there are.";
    static final String UNREADABLE =
            "The body must be a JSON object with a dataset; mode, autoPromote, originalDataset,"
                    + " seed, freeze, epochs, patience, batch, learningRate, anchor and fineTuning may be given. One of them is"
                    + " misspelt, or has a value of another kind.";

    static RequestRefused none() {
        return new RequestRefused(HttpStatus.NOT_FOUND, "no-such-training", NONE);
    }

    @ExceptionHandler
    ResponseEntity<Object> exists(TrainingExists refusal) {
        ProblemDetail problem =
                Problem.of(HttpStatus.CONFLICT, "training-exists", String.valueOf(refusal.getMessage()));
        problem.setProperty("training", refusal.id());
        return Problem.response(problem);
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(HttpMessageNotReadableException refusal) {
        return Problem.response(Problem.of(HttpStatus.BAD_REQUEST, "invalid-training", UNREADABLE));
    }

    @Override
    public void customise(OpenAPI api) {
        api.getComponents()
                .addResponses(
                        "InvalidTraining",
                        ApiDescription.problem(
                                "A setting that cannot be", HttpStatus.BAD_REQUEST, "invalid-training", UNREADABLE))
                .addResponses(
                        "InvalidPage",
                        ApiDescription.problem(
                                "A page that cannot be", HttpStatus.BAD_REQUEST, "invalid-page", INVALID_PAGE))
                .addResponses(
                        "NoSuchTraining",
                        ApiDescription.problem(
                                "No training has this id", HttpStatus.NOT_FOUND, "no-such-training", NONE))
                .addResponses(
                        "TrainingExists",
                        ApiDescription.problem(
                                "The same training waits or runs; the problem's training is its id",
                                HttpStatus.CONFLICT,
                                "training-exists",
                                "The same training waits or runs already."))
                .addResponses(
                        "TrainingEnded",
                        ApiDescription.problem("The training has ended", HttpStatus.CONFLICT, "training-ended", ENDED))
                .addResponses(
                        "TooManyImages",
                        ApiDescription.problem(
                                "More images than an adaptation takes",
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "too-many-images",
                                "An adaptation takes 100 images at most, and the data set has 2767."))
                .addResponses(
                        "TooManyListeners",
                        ApiDescription.problem(
                                "Too many listeners", HttpStatus.SERVICE_UNAVAILABLE, "too-many-listeners", LISTENERS));
    }
}
