package dev.blastscope.security;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A key as admins see it; its secret is known to its bearer alone. */
@Schema(name = "ApiKey")
record ApiKey(
        @Schema(description = "The public part of the secret", example = "3f9a0c51b7e2")
        String id,

        @Schema(example = "ward-7") String name,
        Role role,
        Instant createdAt,

        @Schema(description = "When its present secret was made")
        Instant rotatedAt) {}
