package dev.blastscope.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Authentication, authorisation and rate limits.
 *
 * @param predictions whether predictions and models need a key or token: open or closed
 * @param prometheus whether /actuator/prometheus needs a key or token: open or closed
 * @param adminKey an admin key of the operator's own, such as from a Kubernetes secret: 32 to 256 visible ASCII
 *     characters; without it, without an admin key in the database and without OAuth2, the first start creates one
 * @param rotationGrace how long the old secret of a rotated key keeps working
 * @param rolesClaim the claim of a bearer token with its roles, as a list or separated by blanks; dots lead into nested
 *     claims, as in realm_access.roles
 * @param rolesPrefix the prefix of predict and admin in that claim, such as blastscope: for blastscope:admin
 * @param failuresPerMinute failed authentications of one remote address before it has to wait
 * @param rate maximum number of images per minute for each client
 */
@Validated
@ConfigurationProperties("blastscope.security")
record SecuritySettings(
        @DefaultValue("open") Access predictions,
        @DefaultValue("open") Access prometheus,
        @Nullable String adminKey,
        @DefaultValue("0s") Duration rotationGrace,
        @DefaultValue("scope") @NotBlank String rolesClaim,
        @DefaultValue("") String rolesPrefix,
        @DefaultValue("30") @Min(1) int failuresPerMinute,
        @Valid @DefaultValue Rate rate) {

    /**
     * Maximum number of images per minute for each client; 0 is no limit.
     *
     * <p>Off unless set: the queue already limits all clients together, and how to share it is the operator's decision.
     *
     * @param perKey for each key or subject of a token
     * @param perAddress for each remote address of clients with neither
     */
    record Rate(
            @DefaultValue("0") @Min(0) int perKey,
            @DefaultValue("0") @Min(0) int perAddress) {}

    /** Whether addresses are for all clients, or only for those with a key or token. */
    enum Access {
        OPEN,
        CLOSED
    }

    /** Does not show the admin key. */
    @Override
    public String toString() {
        return "SecuritySettings[predictions=" + predictions + ", prometheus=" + prometheus + "]";
    }
}
