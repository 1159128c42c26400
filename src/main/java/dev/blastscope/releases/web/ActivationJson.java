package dev.blastscope.releases.web;

import dev.blastscope.releases.Activation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** An activation as it is shown. */
@Schema(name = "Activation", description = "The record that a version became active")
record ActivationJson(
        @Schema(description = "Its number, from 1", example = "7")
        long activation,

        @Schema(description = "The version that became active", example = ReleaseController.EXAMPLE)
        String version,

        @Schema(description = "Identifies the model's files, to the byte")
        String digest,

        @Schema(description = "When it was recorded") Instant time,

        @Schema(
                description = "Who activated it: the name of an API key, a training, or the command line",
                example = "ci")
        String by,

        @Schema(description = "The reason given", example = "Passed the promotion gate")
        String why) {

    static ActivationJson of(Activation activation) {
        return new ActivationJson(
                activation.id(),
                activation.version(),
                activation.digest(),
                activation.time(),
                activation.actor(),
                activation.why());
    }
}
