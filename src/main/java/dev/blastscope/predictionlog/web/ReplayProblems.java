package dev.blastscope.predictionlog.web;

import dev.blastscope.web.ProblemCatalog;
import dev.blastscope.web.ProblemKind;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The problems of replays. */
@Component
final class ReplayProblems implements ProblemCatalog {

    @Override
    public List<ProblemKind> kinds() {
        return List.of(
                ProblemKind.of(
                        HttpStatus.NOT_FOUND,
                        "no-such-record",
                        "The audit trail has no such record",
                        "The audit trail has no record 17."),
                ProblemKind.of(
                        HttpStatus.CONFLICT,
                        "not-a-prediction",
                        "The record is of another action",
                        "Record 17 is of the action KEY_CREATED; only predictions can be replayed."),
                ProblemKind.of(
                        HttpStatus.CONFLICT,
                        "record-changed",
                        "The record is not as it was written",
                        "Record 17 is not as it was written. Verify the integrity of the audit trail."),
                ProblemKind.of(
                        HttpStatus.CONFLICT,
                        "model-unavailable",
                        "The model of the record is no longer in the store",
                        "Model 2026-11-22.1 with the digest"
                                + " sha256:1e78f749026ff72fa72fd306418b2cb1e463a9720b0d7bff7294ff55c397605c is no longer"
                                + " in the store. Restore it from a backup."),
                ProblemKind.of(
                        HttpStatus.GONE,
                        "record-erased",
                        "The contents of the record were erased",
                        "The contents of record 17 were erased."),
                ProblemKind.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "image-mismatch",
                        "The image is not the one of the record",
                        "This is not the image that the record is about: its SHA-256 differs. Send the original file."));
    }
}
