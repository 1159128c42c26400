package dev.blastscope.releases.web;

import dev.blastscope.refusal.Refusal;
import dev.blastscope.releases.Releases;
import dev.blastscope.web.Problems;
import dev.blastscope.web.RequestRefused;
import dev.blastscope.web.WebProblems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
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

/** Releases over HTTP. */
@Tag(name = "Administration: models", description = "Activate, roll back and delete model versions")
@RestController
@RequestMapping(path = "/api/v1/admin/models", produces = MediaType.APPLICATION_JSON_VALUE)
class ReleaseController {

    static final String EXAMPLE = "2026-11-22.1";
    private static final int MAX_LIMIT = 1_000;
    private static final String FORCED = "Forced: ";

    private final Releases releases;

    ReleaseController(Releases releases) {
        this.releases = releases;
    }

    @Operation(
            operationId = "activateModel",
            summary = "Activate a model version",
            description =
                    "Responds when this replica serves the version, which takes a second or two; the others follow"
                            + " within seconds. No prediction is refused meanwhile. If the version is active already, nothing"
                            + " changes. A version that failed the promotion gate is activated only with force and a reason;"
                            + " the audit trail keeps both.")
    @ApiResponse(responseCode = "200", description = "Activated")
    @Problems({
        "invalid-reason",
        "reason-required",
        "no-such-model",
        "gate-failed",
        "activation-conflict",
        "model-deleted",
        "version-taken",
        "damaged-model",
        "unusable-model",
        "model-not-ready"
    })
    @PostMapping("/{version}/activate")
    ActivationJson activate(
            @Parameter(description = "A version, or \"embedded\"", example = EXAMPLE) @PathVariable String version,
            @Parameter(description = "The reason, for the audit trail; at most 1000 characters")
                    @RequestParam(defaultValue = "")
                    String why,
            @Parameter(description = "Whether to activate even a version that failed the promotion gate; needs why")
                    @RequestParam(defaultValue = "false")
                    boolean force)
            throws Refusal {
        requireShort(why);
        if (!force) {
            return ActivationJson.of(releases.activateUnopposed(version, why.isBlank() ? "Activated over HTTP" : why));
        }
        if (why.isBlank()) {
            throw new RequestRefused(ReleaseProblems.REASON_REQUIRED);
        }
        return ActivationJson.of(releases.activate(version, FORCED + why));
    }

    @Operation(
            operationId = "rollbackModel",
            summary = "Go back to the previously active model version",
            description =
                    "Repeated rollbacks go further back, down to the embedded model, and never forward. Deleted versions are"
                            + " skipped.")
    @ApiResponse(responseCode = "200", description = "Rolled back")
    @Problems({
        "invalid-reason",
        "no-earlier-model",
        "activation-conflict",
        "model-deleted",
        "version-taken",
        "damaged-model",
        "unusable-model",
        "model-not-ready"
    })
    @PostMapping("/rollback")
    ActivationJson rollBack(
            @Parameter(description = "The reason, for the audit trail; at most 1000 characters")
                    @RequestParam(defaultValue = "Rolled back over HTTP")
                    String why)
            throws Refusal {
        requireShort(why);
        return ActivationJson.of(releases.rollBack(why));
    }

    @Operation(
            operationId = "deleteModel",
            summary = "Delete a model version on all replicas",
            description = "Its name is never given to another model.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @Problems({"no-such-model", "model-in-use"})
    @DeleteMapping("/{version}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@Parameter(description = "A published version", example = EXAMPLE) @PathVariable String version)
            throws Refusal {
        releases.delete(version);
    }

    @Operation(
            operationId = "listActivations",
            summary = "List the latest activations, newest first, and what each replica serves")
    @ApiResponse(responseCode = "200", description = "The activations and the replicas")
    @Problems("invalid-page")
    @GetMapping("/activations")
    ActivationsJson activations(
            @Parameter(description = "Maximum number of activations, from 1 to 1000")
                    @RequestParam(defaultValue = "100")
                    int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new RequestRefused(WebProblems.INVALID_PAGE, "limit must be between 1 and " + MAX_LIMIT + ".");
        }
        return new ActivationsJson(
                releases.newest(limit).stream().map(ActivationJson::of).toList(),
                releases.replicas().stream().map(ReplicaJson::of).toList());
    }

    private static void requireShort(String why) {
        if (why.length() > WebProblems.MAX_REASON_LENGTH) {
            throw new RequestRefused(WebProblems.INVALID_REASON);
        }
    }

    /** Activations, newest first, and the replicas that follow them. */
    @Schema(name = "Activations")
    record ActivationsJson(
            @Schema(description = "The latest activations, newest first")
            List<ActivationJson> activations,

            @Schema(description = "The replicas that reported within the last minute")
            List<ReplicaJson> replicas) {}

    /** A running service and what it serves. */
    @Schema(name = "Replica")
    record ReplicaJson(
            @Schema(description = "Its id, a new one after each start")
            String id,

            @Schema(description = "The version that it serves", example = EXAMPLE)
            String version,

            @Schema(description = "Identifies that model's files, to the byte")
            String digest,

            @Schema(description = "When it last reported") Instant seen) {

        static ReplicaJson of(Releases.Replica replica) {
            return new ReplicaJson(replica.id(), replica.version(), replica.digest(), replica.seen());
        }
    }
}
