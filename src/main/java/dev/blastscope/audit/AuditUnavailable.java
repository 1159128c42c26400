package dev.blastscope.audit;

import org.jspecify.annotations.Nullable;

/** The audit trail cannot be written, so that nothing may be done or answered that must be recorded. */
public final class AuditUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AuditUnavailable(@Nullable Throwable cause) {
        super("The audit trail cannot be written at present, and nothing is done without a record.", cause);
    }
}
