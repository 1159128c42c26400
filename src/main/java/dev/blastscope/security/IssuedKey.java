package dev.blastscope.security;

import io.swagger.v3.oas.annotations.media.Schema;

/** A key with its new secret, which is shown only once. */
@Schema(name = "IssuedApiKey", description = "A key with its new secret")
record IssuedKey(
        @Schema(description = "The key") ApiKey key,

        @Schema(
                description = "To be sent in the header X-API-Key; it is shown only once",
                example = "bsk_3f9a0c51b7e2_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
        String secret) {

    /** Does not show the secret. */
    @Override
    public String toString() {
        return "IssuedKey[" + key + "]";
    }
}
