package dev.blastscope.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The secret that a client sends as its key: {@code bsk_<id>_<256 random bits>}, in hexadecimal.
 *
 * <p>The id is public and finds the key, so that no hash is ever searched for. One round of SHA-256 is enough: slow,
 * salted hashes compensate for the low entropy of passwords, and nobody guesses 256 random bits from a hash of them.
 */
record Secret(String id, String text) {

    private static final Pattern FORM = Pattern.compile("bsk_([0-9a-f]{12})_[0-9a-f]{64}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static Secret random() {
        return of(hexadecimal(6));
    }

    /** A new secret for a key that exists. */
    static Secret of(String id) {
        return new Secret(id, "bsk_" + id + "_" + hexadecimal(32));
    }

    /** The secret that a client sent, if it has the form of one. */
    static Optional<Secret> parse(String presented) {
        Matcher matcher = FORM.matcher(presented);
        return matcher.matches() ? Optional.of(new Secret(matcher.group(1), presented)) : Optional.empty();
    }

    String hash() {
        return hash(text);
    }

    static String hash(String text) {
        return DigestUtils.sha256Hex(text);
    }

    /** Whether two hashes are equal, in a time that does not depend on where they differ. */
    static boolean same(String hash, String other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "Secret[" + id + "]";
    }

    private static String hexadecimal(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
