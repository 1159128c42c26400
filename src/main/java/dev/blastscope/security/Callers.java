package dev.blastscope.security;

import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Knows callers by their key; a caller's {@linkplain Authentication#getName() name} is its key's. */
@Component
final class Callers {

    /** The name of whoever shows neither key nor token. */
    static final String ANONYMOUS = "anonymous";

    private final ApiKeys keys;
    private final AdminKeySetting setting;

    Callers(ApiKeys keys, AdminKeySetting setting) {
        this.keys = keys;
        this.setting = setting;
    }

    Optional<Authentication> bearing(String presented) {
        if (setting.is(presented)) {
            return Optional.of(caller(AdminKeySetting.NAME, Role.ADMIN));
        }
        return keys.bearing(presented).map(key -> caller(key.name(), key.role()));
    }

    private static Authentication caller(String name, Role role) {
        return UsernamePasswordAuthenticationToken.authenticated(name, null, role.authorities());
    }
}
