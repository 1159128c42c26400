package dev.blastscope.shadow.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.refusal.Refusal;
import dev.blastscope.shadow.Challenger;
import dev.blastscope.shadow.Shadow;
import dev.blastscope.shadow.ShadowReport;
import dev.blastscope.web.Problems;
import dev.blastscope.web.RequestRefused;
import dev.blastscope.web.WebProblems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The challenger over HTTP. */
@Tag(name = "Administration: models")
@RestController
@RequestMapping(path = "/api/v1/admin/models", produces = MediaType.APPLICATION_JSON_VALUE)
class ShadowController {

    private final Shadow shadow;

    ShadowController(Shadow shadow) {
        this.shadow = shadow;
    }

    @Operation(
            operationId = "beginShadow",
            summary = "Compare a model version with the active one on live traffic",
            description =
                    "From now on the version scores what the active model answers, at low priority and dropped under load,"
                            + " and answers nothing itself. It replaces another challenger, and ends when it is activated or"
                            + " deleted. The other replicas follow within seconds. It needs the memory of a second model.")
    @ApiResponse(responseCode = "200", description = "The version is compared")
    @Problems({
        "invalid-reason",
        "shadow-is-active",
        "no-such-model",
        "damaged-model",
        "unusable-model",
        "model-not-ready"
    })
    @PostMapping("/{version}/shadow")
    ShadowJson begin(
            @Parameter(description = "A version, or \"embedded\"", example = "2026-11-22.1") @PathVariable
                    String version,
            @Parameter(description = "The reason, for the audit trail; at most 1000 characters")
                    @RequestParam(defaultValue = "Compared over HTTP")
                    String why)
            throws Refusal {
        requireShort(why);
        return json(shadow.begin(version, why));
    }

    @Operation(
            operationId = "getShadow",
            summary = "Get the challenger, and how it compares with the active model on this replica")
    @ApiResponse(responseCode = "200", description = "The challenger")
    @Problems("no-shadow")
    @GetMapping("/shadow")
    ShadowJson shadow() throws Refusal {
        return json(shadow.required());
    }

    @Operation(operationId = "endShadow", summary = "End the comparison on all replicas, if there is one")
    @ApiResponse(responseCode = "204", description = "Nothing is compared")
    @Problems("invalid-reason")
    @DeleteMapping("/shadow")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(
            @Parameter(description = "The reason, for the audit trail; at most 1000 characters")
                    @RequestParam(defaultValue = "Ended over HTTP")
                    String why) {
        requireShort(why);
        shadow.end(why);
    }

    private ShadowJson json(Challenger challenger) {
        return new ShadowJson(
                challenger.version(),
                challenger.digest(),
                challenger.since(),
                challenger.actor(),
                challenger.why(),
                shadow.report(challenger).orElse(null));
    }

    private static void requireShort(String why) {
        if (why.length() > WebProblems.MAX_REASON_LENGTH) {
            throw new RequestRefused(WebProblems.INVALID_REASON);
        }
    }

    /** The challenger. */
    @Schema(name = "Shadow", description = "A model that is compared with the active one")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ShadowJson(
            @Schema(description = "Its version", example = "2026-11-22.1")
            String version,

            @Schema(description = "Identifies the model's files, to the byte")
            String digest,

            @Schema(description = "Since when it is compared")
            Instant since,

            @Schema(description = "Who asked for it", example = "admin")
            String by,

            @Schema(description = "The reason given") String why,

            @Schema(
                    description =
                            "What it made of the images that this replica answered since it was loaded here, or since"
                                    + " another model became active; absent while it is being loaded")
            @Nullable
            ShadowReport report) {}
}
