package dev.blastscope.audit;

import org.jspecify.annotations.Nullable;

/** What must be on record could not be recorded, so it must not be done or answered either. */
public final class AuditUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AuditUnavailable(@Nullable Throwable cause) {
        super("The audit trail cannot be written at present, and nothing is done that is not on record.", cause);
    }
}
