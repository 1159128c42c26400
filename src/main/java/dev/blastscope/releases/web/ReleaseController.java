package dev.blastscope.releases.web;

import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.releases.Releases;
import dev.blastscope.releases.Replica;
import dev.blastscope.web.RequestRefused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final int MOST = 1_000;
    private static final int LONGEST_REASON = 1_000;

    private static final Logger log = LoggerFactory.getLogger(ReleaseController.class);

    private final Releases releases;

    ReleaseController(Releases releases) {
        this.releases = releases;
    }

    @Operation(
            summary = "Let a version answer",
            description = "Answers when this replica serves it, which takes a second or two; the others follow within"
                    + " seconds. Nobody's prediction is refused for it. Of the active version, it changes nothing.")
    @ApiResponse(responseCode = "200", description = "The activation that is in force")
    @ApiResponse(responseCode = "404", ref = "NoSuchModel")
    @ApiResponse(responseCode = "409", ref = "AnotherActivation")
    @ApiResponse(responseCode = "422", ref = "DamagedModel")
    @ApiResponse(responseCode = "503", ref = "NotReady")
    @PostMapping("/{version}/activate")
    ActivationJson activate(
            @Parameter(example = EXAMPLE) @PathVariable String version,
            @Parameter(description = "For the record") @RequestParam(defaultValue = "Activated over HTTP") String why)
            throws NoSuchModel {
        requireShort(why);
        try {
            return ActivationJson.of(releases.activate(version, why));
        } catch (DamagedModel e) {
            throw damaged(e);
        }
    }

    @Operation(
            summary = "Go back to the version that was active before the present one",
            description =
                    "Again, and it goes further back, down to the embedded model; never forward. Each activation is put"
                            + " on top of the version that was active; a rollback takes the uppermost off. Deleted versions are"
                            + " passed over.")
    @ApiResponse(responseCode = "200", description = "The activation that is in force")
    @ApiResponse(responseCode = "409", ref = "NoEarlierModel")
    @ApiResponse(responseCode = "422", ref = "DamagedModel")
    @ApiResponse(responseCode = "503", ref = "NotReady")
    @PostMapping("/rollback")
    ActivationJson rollBack(
            @Parameter(description = "For the record") @RequestParam(defaultValue = "Rolled back over HTTP") String why)
            throws NoSuchModel {
        requireShort(why);
        try {
            return ActivationJson.of(releases.rollBack(why));
        } catch (DamagedModel e) {
            throw damaged(e);
        }
    }

    @Operation(summary = "Delete a version on all replicas; its name is never given to another model")
    @ApiResponse(responseCode = "204", description = "It is gone")
    @ApiResponse(responseCode = "404", ref = "NoSuchModel")
    @ApiResponse(responseCode = "409", ref = "ModelInUse")
    @DeleteMapping("/{version}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@Parameter(example = EXAMPLE) @PathVariable String version) throws NoSuchModel {
        releases.delete(version);
    }

    @Operation(summary = "The latest activations, newest first, and what each replica serves")
    @ApiResponse(responseCode = "200", description = "The activations and the replicas")
    @GetMapping("/activations")
    ActivationsJson activations(@RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new RequestRefused(
                    HttpStatus.BAD_REQUEST, "invalid-page", "limit must be between 1 and " + MOST + ".");
        }
        return new ActivationsJson(
                releases.newest(limit).stream().map(ActivationJson::of).toList(),
                releases.replicas().stream().map(ReplicaJson::of).toList());
    }

    private static void requireShort(String why) {
        if (why.length() > LONGEST_REASON) {
            throw new RequestRefused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-reason",
                    "why may have at most " + LONGEST_REASON + " characters. Tell the reason in fewer words.");
        }
    }

    private static RequestRefused damaged(DamagedModel e) {
        log.warn("{}", e.getMessage());
        return new RequestRefused(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "damaged-model",
                "This model is damaged, and the present one goes on answering. The operator finds what is wrong with it in"
                        + " the log.");
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
