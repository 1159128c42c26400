package dev.blastscope.audit;

import java.util.Map;
import java.util.Optional;

/**
 * What the record of a retention says: the anchor of the records that are left.
 *
 * @param through the number of the last record that was deleted
 * @param hash its hash, which the first record that is left follows
 */
record Retention(long through, String hash) {

    AuditEvent event() {
        return new AuditEvent(AuditAction.RETENTION, Optional.empty(), Map.of("through", through, "hash", hash));
    }

    static Optional<Retention> read(AuditRecord record) {
        return record.details(AuditAction.RETENTION, Retention.class);
    }

    Link link() {
        return new Link(through, hash);
    }
}
