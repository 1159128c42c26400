package dev.blastscope.audit;

import dev.blastscope.audit.AuditRecord.Entry;
import dev.blastscope.audit.AuditRecord.Event;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Records what happens, with the time, the actor and the id of the request.
 *
 * <p>Safe for use by any number of threads; call it on the thread of the request.
 */
@Component
public class AuditTrail {

    private final AuditWriter writer;
    private final AuditChain chain;
    private final Actor actor;
    private final Clock clock;

    @Autowired
    AuditTrail(AuditWriter writer, AuditChain chain, Actor actor) {
        this(writer, chain, actor, Clock.systemUTC());
    }

    AuditTrail(AuditWriter writer, AuditChain chain, Actor actor, Clock clock) {
        this.writer = writer;
        this.chain = chain;
        this.actor = actor;
        this.clock = clock;
    }

    /**
     * Records an event that is about no image, and returns once it is committed.
     *
     * @param details JSON values for the reader of the record; never an image, a file name or a secret
     * @throws AuditUnavailable if that failed
     */
    public void record(AuditAction action, Map<String, ?> details) {
        record(List.of(new Event(action, Optional.empty(), details)), Durability.DURABLE);
    }

    /**
     * Records events, all in one commit.
     *
     * @throws AuditUnavailable if they could not be recorded as durably as asked
     */
    public void record(List<Event> events, Durability durability) {
        if (durability == Durability.OFF) {
            return;
        }
        String name = actor.name();
        Instant now = clock.instant();
        List<Entry> entries =
                events.stream().map(event -> Entry.of(event, name, now)).toList();
        if (durability == Durability.DURABLE) {
            writer.append(entries);
        } else {
            writer.appendSoon(entries);
        }
    }

    /**
     * Erases the contents of every record about an image, and records that. The chain stays intact. Backups of the
     * database, and deleted rows that its files keep until they are compacted, are out of reach.
     *
     * @param sha256 the image, in lower-case hexadecimal
     * @return the number of records
     */
    public int erase(String sha256) {
        return chain.erase(sha256, actor.name(), clock.instant());
    }
}
