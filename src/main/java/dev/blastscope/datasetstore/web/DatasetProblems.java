package dev.blastscope.datasetstore.web;

import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.datasetstore.ArchiveRefused;
import dev.blastscope.datasetstore.DatasetTaken;
import dev.blastscope.datasetstore.NoRoom;
import dev.blastscope.datasetstore.NoSuchDataset;
import dev.blastscope.web.Problem;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells the refusals of a data set as problems; those of files by name, because who sent them needs the names. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DatasetProblems {

    private static final int MOST_LISTED = 100;

    @ExceptionHandler
    ResponseEntity<Object> refused(ArchiveRefused refusal) {
        return switch (refusal.reason()) {
            case CUT_SHORT -> problem(HttpStatus.BAD_REQUEST, "incomplete-body", refusal);
            case NOT_A_ZIP -> problem(HttpStatus.BAD_REQUEST, "not-a-zip", refusal);
            case TOO_LARGE -> problem(HttpStatus.CONTENT_TOO_LARGE, "dataset-too-large", refusal);
            case UNSAFE_ENTRIES ->
                listing(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "unsafe-archive",
                        refusal,
                        refusal.refusals(),
                        refusal.total());
        };
    }

    @ExceptionHandler
    ResponseEntity<Object> rejected(DatasetRejected refusal) {
        List<DatasetJson.RefusedFile> files = refusal.problems().stream()
                .limit(MOST_LISTED)
                .map(problem -> new DatasetJson.RefusedFile(problem.subject(), problem.reason()))
                .toList();
        return listing(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "unusable-dataset",
                refusal,
                files,
                refusal.problems().size());
    }

    @ExceptionHandler
    ResponseEntity<Object> taken(DatasetTaken refusal) {
        return problem(HttpStatus.CONFLICT, "dataset-taken", refusal);
    }

    @ExceptionHandler
    ResponseEntity<Object> none(NoSuchDataset refusal) {
        return problem(HttpStatus.NOT_FOUND, "no-such-dataset", refusal);
    }

    @ExceptionHandler
    ResponseEntity<Object> noRoom(NoRoom refusal) {
        return problem(HttpStatus.INSUFFICIENT_STORAGE, "no-room", refusal);
    }

    private static ResponseEntity<Object> problem(HttpStatus status, String code, Exception refusal) {
        return Problem.response(Problem.of(status, code, String.valueOf(refusal.getMessage())));
    }

    private static ResponseEntity<Object> listing(
            HttpStatus status, String code, Exception refusal, List<?> refusals, int total) {
        ProblemDetail problem = Problem.of(status, code, String.valueOf(refusal.getMessage()));
        problem.setProperty("refusals", refusals);
        problem.setProperty("refusalsInAll", total);
        return Problem.response(problem);
    }
}
