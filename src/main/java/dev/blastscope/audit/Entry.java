package dev.blastscope.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * A record that has no place in the chain yet.
 *
 * @param time to the microsecond, which is what a database keeps
 */
record Entry(Instant time, String actor, String action, Contents contents) {

    private static final int LONGEST_ACTOR = 255;

    /** What the request id is logged as. */
    private static final String REQUEST_ID = "requestId";

    /** The event as it happens now, on the thread of its request if it is part of one. */
    static Entry of(AuditEvent event, String actor, Instant now) {
        return new Entry(
                now.truncatedTo(ChronoUnit.MICROS),
                actor.length() <= LONGEST_ACTOR ? actor : actor.substring(0, LONGEST_ACTOR),
                event.action().name(),
                Contents.of(event, Optional.ofNullable(MDC.get(REQUEST_ID))));
    }

    AuditRecord after(Link previous) {
        return AuditRecord.chained(previous, this);
    }
}
