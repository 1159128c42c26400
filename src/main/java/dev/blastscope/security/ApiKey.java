package dev.blastscope.security;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A key as admins see it; its secret is known only to its client. */
@Schema(name = "ApiKey", description = "A key, without its secret")
record ApiKey(
        @Schema(description = "The public part of the secret", example = "3f9a0c51b7e2")
        String id,

        @Schema(description = "The client of the key, as in the audit trail", example = "ward-7")
        String name,

        @Schema(description = "What its client may do") Role role,
        @Schema(description = "When the key was created") Instant createdAt,

        @Schema(description = "When its current secret was created")
        Instant rotatedAt) {}
