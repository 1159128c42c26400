package dev.blastscope.security;

import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.stereotype.Component;

/**
 * How an admin is known without a key in the database: by the admin key of the settings, or by a bearer token.
 *
 * <p>The admin key of the settings is compared and never stored: to remove or change it at its source, such as a
 * Kubernetes secret, revokes it with the next start, and no copy remains in the database or its backups.
 */
@Component
final class AdminAccess {

    /** The name of a client with the admin key of the settings. */
    static final String NAME = "admin-key-setting";

    private static final Pattern ACCEPTED = Pattern.compile("[\\x21-\\x7e]{32,256}");

    private final Optional<String> hash;
    private final boolean byToken;

    AdminAccess(SecuritySettings settings, ObjectProvider<JwtDecoder> decoder) {
        // Secrets read from files often end with a line break, and an empty variable means none.
        hash = Optional.ofNullable(settings.adminKey())
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(AdminAccess::hashOfAccepted);
        byToken = decoder.getIfAvailable() != null;
    }

    /** Whether an admin needs no key in the database. */
    boolean withoutStoredKey() {
        return byToken || hash.isPresent();
    }

    /** Whether a key that a client sent is the admin key of the settings. */
    boolean isKeyOfSettings(String sent) {
        return hash.filter(set -> Secret.same(set, Secret.hash(sent))).isPresent();
    }

    private static String hashOfAccepted(String key) {
        if (!ACCEPTED.matcher(key).matches()) {
            throw new WeakKey();
        }
        return Secret.hash(key);
    }

    /** The admin key of the settings is too short, or cannot be sent in a header. */
    static final class WeakKey extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WeakKey() {
            super("blastscope.security.admin-key must have 32 to 256 visible ASCII characters and no blanks.");
        }
    }

    /** Reports a weak admin key at the start without showing it, as a failed validation would. */
    static final class WeakKeyFailureAnalyzer extends AbstractFailureAnalyzer<WeakKey> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, WeakKey cause) {
            return new FailureAnalysis(
                    String.valueOf(cause.getMessage()),
                    "Create one with: openssl rand -hex 32. Or remove the setting, and the first start creates a key and"
                            + " shows it.",
                    cause);
        }
    }
}
