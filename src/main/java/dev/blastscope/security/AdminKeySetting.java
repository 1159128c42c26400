package dev.blastscope.security;

import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * The admin key that the operator set, if any.
 *
 * <p>It is compared, and never stored: the setting alone says what counts, so that whoever takes it away or changes it at
 * its source, such as a Kubernetes secret, has revoked it with the next start, and no copy is left in a database or its
 * backups.
 */
@Component
final class AdminKeySetting {

    /** The caller's name for a request with this key. */
    static final String NAME = "admin-key-setting";

    private static final Pattern ACCEPTED = Pattern.compile("[\\x21-\\x7e]{32,256}");

    private final Optional<String> hash;

    AdminKeySetting(SecuritySettings settings) {
        // Secrets read from files often end with a line break, and an empty variable means none.
        hash = Optional.ofNullable(settings.adminKey())
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(AdminKeySetting::hashOfAccepted);
    }

    boolean isSet() {
        return hash.isPresent();
    }

    boolean is(String presented) {
        return hash.filter(set -> Secret.same(set, Secret.hash(presented))).isPresent();
    }

    private static String hashOfAccepted(String key) {
        if (!ACCEPTED.matcher(key).matches()) {
            throw new WeakAdminKey();
        }
        return Secret.hash(key);
    }
}
