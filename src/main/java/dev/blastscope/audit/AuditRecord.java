package dev.blastscope.audit;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A record of the chain.
 *
 * <p>Its hash is the {@link FieldHash} of: "blastscope-audit-1", the sequence in decimal, the time as
 * {@link Instant#toString()}, the actor, the action, the contents' digest and the previous record's hash.
 *
 * @param sequence its number, from 1 without gaps
 * @param time when it happened, by its node's clock, to the microsecond: records of two nodes may be seconds out of order
 * @param actor who did it
 * @param action what was done, an {@link AuditAction} by name
 * @param contents what it is about; empty once it is erased
 * @param digest the salted digest of the contents, which stays
 * @param previousHash the hash of the record before it; 64 zeros for the first
 * @param hash its own
 */
public record AuditRecord(
        long sequence,
        Instant time,
        String actor,
        String action,
        Optional<Contents> contents,
        String digest,
        String previousHash,
        String hash) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    static AuditRecord chained(Link previous, Entry entry) {
        long sequence = previous.sequence() + 1;
        String digest = entry.contents().digest();
        return new AuditRecord(
                sequence,
                entry.time(),
                entry.actor(),
                entry.action(),
                Optional.of(entry.contents()),
                digest,
                previous.hash(),
                hash(sequence, entry.time(), entry.actor(), entry.action(), digest, previous.hash()));
    }

    /** Whether it is what was written, by its own hash and the digest of its contents, where these are still there. */
    public boolean isGenuine() {
        return hash.equals(hash(sequence, time, actor, action, digest, previousHash))
                && contents.map(Contents::digest).map(digest::equals).orElse(true);
    }

    /**
     * What its details say, if it is of the action and they were not erased.
     *
     * @throws IllegalArgumentException if they are not what that action puts on record
     */
    public <T> Optional<T> details(AuditAction of, Class<T> type) {
        try {
            return action.equals(of.name())
                    ? contents.map(contents -> JSON.readValue(contents.details(), type))
                    : Optional.empty();
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Record " + sequence + " does not have the details of a " + of, e);
        }
    }

    Link link() {
        return new Link(sequence, hash);
    }

    private static String hash(
            long sequence, Instant time, String actor, String action, String digest, String previousHash) {
        return FieldHash.of(
                "blastscope-audit-1", Long.toString(sequence), time.toString(), actor, action, digest, previousHash);
    }
}
