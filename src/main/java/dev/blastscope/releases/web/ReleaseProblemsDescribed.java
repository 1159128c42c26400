package dev.blastscope.releases.web;

import dev.blastscope.web.ApiDescription;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Describes the refusals of releases in the OpenAPI document, with an example each. */
@Component
final class ReleaseProblemsDescribed implements OpenApiCustomizer {

    @Override
    public void customise(OpenAPI api) {
        api.getComponents()
                .addResponses("NoSuchModel", noSuchModel())
                .addResponses("DamagedModel", damagedModel())
                .addResponses(
                        "AnotherActivation",
                        ApiDescription.problem(
                                "Somebody else was faster, or the version was deleted, or its name belongs to another"
                                        + " replica's model",
                                HttpStatus.CONFLICT,
                                "another-activation",
                                "Another version was activated meanwhile. Look at the activations, and decide again."))
                .addResponses(
                        "NoEarlierModel",
                        ApiDescription.problem(
                                "There is nothing to go back to, or somebody else was faster",
                                HttpStatus.CONFLICT,
                                "no-earlier-model",
                                "No model was active before the present one. Activate a version by its name instead."))
                .addResponses(
                        "ModelInUse",
                        ApiDescription.problem(
                                "The version is needed",
                                HttpStatus.CONFLICT,
                                "model-in-use",
                                "This model is active, embedded, or still served by a replica. Activate another one, and"
                                        + " delete it a minute later."));
    }

    private static ApiResponse noSuchModel() {
        return ApiDescription.problem(
                "No model has this name",
                HttpStatus.NOT_FOUND,
                "no-such-model",
                "There is no model version \"2026-01-01.1\". Versions are named by day and number, such as 2026-11-22.1.");
    }

    private static ApiResponse damagedModel() {
        return ApiDescription.problem(
                "The model's files are not what was published",
                HttpStatus.UNPROCESSABLE_CONTENT,
                "damaged-model",
                ModelController.DAMAGED);
    }
}
