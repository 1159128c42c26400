package dev.blastscope.releases.web;

import dev.blastscope.web.ProblemCatalog;
import dev.blastscope.web.ProblemKind;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The problems of models and of releases. */
@Component
final class ReleaseProblems implements ProblemCatalog {

    static final ProblemKind REASON_REQUIRED = ProblemKind.of(
            HttpStatus.BAD_REQUEST,
            "reason-required",
            "The reason is missing",
            "force=true needs a reason. Send it as why; it goes on record.");

    @Override
    public List<ProblemKind> kinds() {
        return List.of(
                ProblemKind.of(
                        HttpStatus.NOT_FOUND,
                        "no-such-model",
                        "There is no model version of this name",
                        "There is no model version \"2026-01-01.1\". Versions are named by day and number, such as"
                                + " 2026-11-22.1."),
                ProblemKind.of(
                        HttpStatus.NOT_FOUND,
                        "no-such-rendition",
                        "The model has no such rendition",
                        "Model 2026-11-22.1 has no rendition \"int8\", only fp32. Leave rendition out to get what this"
                                + " service runs."),
                ProblemKind.of(
                        HttpStatus.CONFLICT,
                        "activation-conflict",
                        "Another version was activated in the meantime",
                        "Another version was activated meanwhile. Look at the activations, and decide again."),
                REASON_REQUIRED,
                ProblemKind.of(
                        HttpStatus.CONFLICT,
                        "gate-failed",
                        "The version failed the promotion gate",
                        "Model 2026-11-22.2 may not replace model 2026-11-22.1: it failed specificity. To activate it all"
                                + " the same, send force=true and why, which goes on record."),
                ProblemKind.of(
                        HttpStatus.CONFLICT,
                        "model-deleted",
                        "The version was deleted in the meantime",
                        "Model 2026-11-22.1 was deleted in the meantime. Activate another one."),
                ProblemKind.of(
                        HttpStatus.CONFLICT,
                        "version-taken",
                        "Another replica has published a different model under this name",
                        "Another replica has published a different model as 2026-11-22.1. Publish this one again, which"
                                + " gives it a new name."),
                ProblemKind.of(
                        HttpStatus.CONFLICT,
                        "no-earlier-model",
                        "There is no earlier model to go back to",
                        "No model was active before the current one. Activate a version by its name instead."),
                ProblemKind.of(
                        HttpStatus.CONFLICT,
                        "model-in-use",
                        "The version is active, embedded, or still served by a replica",
                        "This model is active, embedded, or still served by a replica. Activate another one, and delete"
                                + " this one a minute later."),
                ProblemKind.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "damaged-model",
                        "The files of the model are not those that were published",
                        "The files of this model are damaged. The log of the service says which file, and how to repair"
                                + " it."),
                ProblemKind.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "unusable-model",
                        "This program cannot serve the model",
                        "Model 2026-11-22.1 was trained with another preprocessing than this program's. Serve it with"
                                + " the program it was trained with, or train it again."));
    }
}
