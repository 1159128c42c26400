package dev.blastscope.audit;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.binary.Hex;
import org.slf4j.MDC;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A record of the chain.
 *
 * <p>Its hash is the {@link FieldHash} of: "blastscope-audit-1", the sequence in decimal, the time as
 * {@link Instant#toString()}, the actor, the action, the digest of the contents and the hash of the previous record.
 *
 * @param sequence its number, from 1 without gaps
 * @param time when it happened, by the clock of its node, to the microsecond: records of two nodes may be seconds out
 *     of order
 * @param actor who did it
 * @param action what was done, an {@link AuditAction} by name
 * @param contents what it is about; empty once erased
 * @param digest the salted digest of the contents; not erased with them
 * @param previousHash the hash of the record before it; 64 zeros for the first
 * @param hash its own hash
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

    /** Whether it is as it was written: by its own hash, and by the digest of its contents if they are not erased. */
    public boolean isGenuine() {
        return hash.equals(hash(sequence, time, actor, action, digest, previousHash))
                && contents.map(this::areGenuine).orElse(true);
    }

    /**
     * Reads its details if it is of the given action and they were not erased.
     *
     * @throws IllegalArgumentException if they are not the details of that action
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

    private boolean areGenuine(Contents found) {
        return digest.equals(found.digest()) && found.isFoundByItsOwnPredictionId();
    }

    private static String hash(
            long sequence, Instant time, String actor, String action, String digest, String previousHash) {
        return FieldHash.of(
                "blastscope-audit-1", Long.toString(sequence), time.toString(), actor, action, digest, previousHash);
    }

    /**
     * Something that happened and is to be recorded.
     *
     * @param image the SHA-256 of the image that it is about, by which it can be found and erased
     * @param details JSON values for the reader of the record; never an image, a file name or a secret. A search finds
     *     it by the value of {@link Contents#PREDICTION_ID} among them
     */
    public record Event(AuditAction action, Optional<String> image, Map<String, ?> details) {}

    /** A place in the chain: the number of a record and its hash. */
    record Link(long sequence, String hash) {

        /** The link before the first record. */
        static final Link GENESIS = new Link(0, "0".repeat(64));
    }

    /**
     * A record that has no place in the chain yet.
     *
     * @param time to the microsecond, which is the resolution of the database
     */
    record Entry(Instant time, String actor, String action, Contents contents) {

        private static final int MAX_ACTOR_LENGTH = 255;

        /** The event as it happens now, on the thread of its request if it is part of one. */
        static Entry of(Event event, String actor, Instant now) {
            return new Entry(
                    now.truncatedTo(ChronoUnit.MICROS),
                    actor.length() <= MAX_ACTOR_LENGTH ? actor : actor.substring(0, MAX_ACTOR_LENGTH),
                    event.action().name(),
                    Contents.of(event, Optional.ofNullable(MDC.get(Contents.REQUEST_ID))));
        }

        AuditRecord after(Link previous) {
            long sequence = previous.sequence() + 1;
            String digest = contents.digest();
            return new AuditRecord(
                    sequence,
                    time,
                    actor,
                    action,
                    Optional.of(contents),
                    digest,
                    previous.hash(),
                    hash(sequence, time, actor, action, digest, previous.hash()));
        }
    }

    /**
     * The part of a record that can be erased.
     *
     * @param salt 32 random hexadecimal digits, without which the digest does not show whether a guess is right
     * @param image the SHA-256 of the image that the record is about
     * @param predictionId what the details say under this name, again so that an index finds it; the digest covers it
     *     there
     * @param details a JSON object, to the byte as it was written
     */
    public record Contents(String salt, Optional<String> image, Optional<String> predictionId, String details) {

        /** The name of the request id, in the details and in the log. */
        private static final String REQUEST_ID = "requestId";

        /** The name of the id of a prediction, in the details. */
        public static final String PREDICTION_ID = "predictionId";

        private static final int SALT_BYTES = 16;
        private static final SecureRandom RANDOM = new SecureRandom();

        private static Contents of(Event event, Optional<String> requestId) {
            Map<String, Object> details = new LinkedHashMap<>();
            requestId.ifPresent(id -> details.put(REQUEST_ID, id));
            details.putAll(event.details());
            byte[] salt = new byte[SALT_BYTES];
            RANDOM.nextBytes(salt);
            return new Contents(
                    Hex.encodeHexString(salt),
                    event.image(),
                    Optional.ofNullable(details.get(PREDICTION_ID)).map(String::valueOf),
                    JSON.writeValueAsString(details));
        }

        /**
         * The {@link FieldHash} of: "blastscope-audit-contents-1", the salt, the image ("" if none) and the details.
         */
        String digest() {
            return FieldHash.of("blastscope-audit-contents-1", salt, image.orElse(""), details);
        }

        /** Whether a search by prediction id finds this record exactly when its details have that id. */
        private boolean isFoundByItsOwnPredictionId() {
            String written = JSON.readTree(details).path(PREDICTION_ID).asString("");
            return written.equals(predictionId.orElse(""));
        }
    }
}
