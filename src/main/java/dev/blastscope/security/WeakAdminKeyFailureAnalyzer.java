package dev.blastscope.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells at the start that the admin key is weak, without showing it as a failed validation would. */
final class WeakAdminKeyFailureAnalyzer extends AbstractFailureAnalyzer<WeakAdminKey> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WeakAdminKey cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Make one with: openssl rand -hex 32. Or remove the setting, and the first start makes a key and shows it.",
                cause);
    }
}
