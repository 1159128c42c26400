package dev.blastscope.releases.web;

import dev.blastscope.refusal.Refusal;
import dev.blastscope.releases.Releases;
import dev.blastscope.releases.Replica;
import dev.blastscope.web.Problems;
import dev.blastscope.web.RequestRefused;
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
@Tag(name = "Administration: models", description = "Which version answers: activate, roll back, delete")
@RestController
@RequestMapping(path = "/api/v1/admin/models", produces = MediaType.APPLICATION_JSON_VALUE)
class ReleaseController {

    private static final String EXAMPLE = "2026-11-22.1";
    private static final int MAX_LIMIT = 1_000;
    static final int MAX_REASON_LENGTH = 1_000;

    private final Releases releases;

    ReleaseController(Releases releases) {
        this.releases = releases;
    }

    @Operation(
            summary = "Let a version answer",
            description = "Answers when this replica serves it, which takes a second or two; the others follow within"
                    + " seconds. Nobody's prediction is refused for it. Of the active version, it changes nothing.")
    @ApiResponse(responseCode = "200", description = "The activation that is in force")
    @Problems({
        "invalid-reason",
        "no-such-model",
        "activation-conflict",
        "model-deleted",
        "version-taken",
        "damaged-model",
        "unusable-model",
        "model-not-ready"
    })
    @PostMapping("/{version}/activate")
    ActivationJson activate(
            @Parameter(example = EXAMPLE) @PathVariable String version,
            @Parameter(description = "For the record") @RequestParam(defaultValue = "Activated over HTTP") String why)
            throws Refusal {
        requireShort(why);
        return ActivationJson.of(releases.activate(version, why));
    }

    @Operation(
            summary = "Go back to the version that was active before the present one",
            description =
                    "Again, and it goes further back, down to the embedded model; never forward. Each activation is put"
                            + " on top of the version that was active; a rollback takes the uppermost off. Deleted versions are"
                            + " passed over.")
    @ApiResponse(responseCode = "200", description = "The activation that is in force")
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
            @Parameter(description = "For the record") @RequestParam(defaultValue = "Rolled back over HTTP") String why)
            throws Refusal {
        requireShort(why);
        return ActivationJson.of(releases.rollBack(why));
    }

    @Operation(summary = "Delete a version on all replicas; its name is never given to another model")
    @ApiResponse(responseCode = "204", description = "It is gone")
    @Problems({"no-such-model", "model-in-use"})
    @DeleteMapping("/{version}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@Parameter(example = EXAMPLE) @PathVariable String version) throws Refusal {
        releases.delete(version);
    }

    @Operation(summary = "The latest activations, newest first, and what each replica serves")
    @ApiResponse(responseCode = "200", description = "The activations and the replicas")
    @GetMapping("/activations")
    ActivationsJson activations(@RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new RequestRefused(
                    HttpStatus.BAD_REQUEST, "invalid-page", "limit must be between 1 and " + MAX_LIMIT + ".");
        }
        return new ActivationsJson(
                releases.newest(limit).stream().map(ActivationJson::of).toList(),
                releases.replicas().stream().map(ReplicaJson::of).toList());
    }

    private static void requireShort(String why) {
        if (why.length() > MAX_REASON_LENGTH) {
            throw new RequestRefused(ReleaseProblems.INVALID_REASON);
        }
    }

    /** Activations, newest first, and the replicas that follow them. */
    @Schema(name = "Activations")
    record ActivationsJson(List<ActivationJson> activations, List<ReplicaJson> replicas) {}

    /** A running service and what it serves. */
    @Schema(name = "Replica")
    record ReplicaJson(String id, @Schema(example = EXAMPLE) String version, String digest, Instant seen) {

        static ReplicaJson of(Replica replica) {
            return new ReplicaJson(replica.id(), replica.version(), replica.digest(), replica.seen());
        }
    }
}
