package dev.blastscope.security;

import io.swagger.v3.oas.annotations.media.Schema;

/** A key with its new secret, which is shown this once. */
@Schema(name = "IssuedApiKey")
record IssuedKey(
        ApiKey key,

        @Schema(
                description = "To be sent as X-API-Key; it is shown this once",
                example = "bsk_3f9a0c51b7e2_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
        String secret) {

    /** Does not show the secret. */
    @Override
    public String toString() {
        return "IssuedKey[" + key + "]";
    }
}
