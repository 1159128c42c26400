package dev.blastscope.shadow.web;

import dev.blastscope.web.ProblemCatalog;
import dev.blastscope.web.ProblemKind;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The problems of challengers. */
@Component
final class ShadowProblems implements ProblemCatalog {

    @Override
    public List<ProblemKind> kinds() {
        return List.of(
                ProblemKind.of(
                        HttpStatus.CONFLICT,
                        "shadow-is-active",
                        "The version is the active one",
                        "Model 2026-11-22.1 is the active one. Name another one to compare it with."),
                ProblemKind.of(
                        HttpStatus.NOT_FOUND,
                        "no-shadow",
                        "No model is compared with the active one",
                        "No model is compared with the active one. POST to /api/v1/admin/models/{version}/shadow to"
                                + " begin."));
    }
}
