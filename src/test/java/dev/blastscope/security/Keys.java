package dev.blastscope.security;

import java.time.Duration;
import java.time.Instant;

/** Keys and settings for tests. */
final class Keys {

    static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

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
