package dev.blastscope.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The SHA-256 of a list of fields, each as UTF-8 and preceded by its length: 4 bytes, big-endian.
 *
 * <p>No two lists have the same encoding, as none of their ends can be mistaken. The first field says what the list is,
 * so that no list of one kind passes for one of another.
 */
final class FieldHash {

    private FieldHash() {}

    /** 64 lower-case hexadecimal digits. */
    static String of(String... fields) {
        MessageDigest sha256 = DigestUtils.getSha256Digest();
        for (String field : fields) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            sha256.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            sha256.update(bytes);
        }
        return Hex.encodeHexString(sha256.digest());
    }
}
