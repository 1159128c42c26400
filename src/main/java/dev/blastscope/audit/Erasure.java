package dev.blastscope.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the record of an erasure says.
 *
 * @param sequences the numbers of the records whose contents were erased; not the image, which would be remembered by it
 */
record Erasure(List<Long> sequences) {

    AuditEvent event() {
        return new AuditEvent(AuditAction.ERASURE, Optional.empty(), Map.of("sequences", sequences));
    }

    static Optional<Erasure> read(AuditRecord record) {
        return record.details(AuditAction.ERASURE, Erasure.class);
    }
}
