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
 * Who may do what.
 *
 * @param predictions whether predictions and models need a key or token: open or closed
 * @param prometheus whether /actuator/prometheus needs a key or token: open or closed
 * @param adminKey an admin key of the operator's choice, such as from a Kubernetes secret: 32 to 256 visible ASCII
 *     characters; where it is absent, and so are an admin key in the database and OAuth2, the first start makes one
 * @param rotationGrace how long the old secret of a rotated key keeps working
 * @param rolesClaim the claim of a bearer token that tells its roles, as a list or separated by blanks; dots lead into
 *     nested claims, as in realm_access.roles
 * @param rolesPrefix what stands before predict and admin in that claim, such as blastscope: for blastscope:admin
 * @param failuresPerMinute failed authentications of one remote address before it has to wait
 * @param rate images a minute for each caller
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
     * Images a minute for each caller; 0 does not limit.
     *
     * <p>Off unless set: the queue already bounds what all callers together may ask for, and how to share it is the
     * operator's to say.
     *
     * @param perKey for a key, or the subject of a token
     * @param perAddress for the remote address of a caller without either
     */
    record Rate(
            @DefaultValue("0") @Min(0) int perKey,
            @DefaultValue("0") @Min(0) int perAddress) {}

    /** Does not show the admin key. */
    @Override
    public String toString() {
        return "SecuritySettings[predictions=" + predictions + ", prometheus=" + prometheus + "]";
    }
}
