package dev.blastscope.audit;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.binary.Hex;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of a record that can be erased.
 *
 * @param salt 32 random hexadecimal digits, without which the digest does not tell whether a guess is right
 * @param image the SHA-256 of the image that the record is about
 * @param details a JSON object, to the byte as it was written
 */
public record Contents(String salt, Optional<String> image, String details) {

    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Contents of(AuditEvent event, Optional<String> requestId) {
        Map<String, Object> details = new LinkedHashMap<>();
        requestId.ifPresent(id -> details.put("requestId", id));
        details.putAll(event.details());
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new Contents(
                Hex.encodeHexString(salt), event.image(), JsonMapper.shared().writeValueAsString(details));
    }

    /** What the chain holds of the contents: the {@link FieldHash} of their kind, salt, image ("" if none) and details. */
    String digest() {
        return FieldHash.of("blastscope-audit-contents-1", salt, image.orElse(""), details);
    }
}
