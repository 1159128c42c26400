package dev.blastscope.releases.web;

import dev.blastscope.releases.Activation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** An activation as it is told. */
@Schema(name = "Activation")
record ActivationJson(
        @Schema(description = "Its number, from 1", example = "7")
        long activation,

        @Schema(example = "2026-11-22.1") String version,

        @Schema(description = "Names the model's files, to the byte")
        String digest,

        Instant time,
        @Schema(example = "anonymous") String by,
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
