package dev.blastscope.security;

import dev.blastscope.security.ApiKeys.ApiKey;
import dev.blastscope.security.SecuritySettings.Access;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Keys and settings for tests. */
final class Keys {

    static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    /** For a service without bearer tokens. */
    static final ObjectProvider<JwtDecoder> NO_TOKENS =
            new StaticListableBeanFactory().getBeanProvider(JwtDecoder.class);

    private Keys() {}

    static ApiKey key(String id, String name, Role role) {
        return new ApiKey(id, name, role, NOW, NOW);
    }

    static SecuritySettings settings() {
        return settings("", Duration.ZERO, "scope", "");
    }

    static SecuritySettings settings(String adminKey, Duration grace, String claim, String prefix) {
        return new SecuritySettings(
                Access.OPEN, Access.OPEN, adminKey, grace, claim, prefix, 30, new SecuritySettings.Rate(0, 0));
    }
}
