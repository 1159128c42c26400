package dev.blastscope.dataset;

import org.apache.commons.codec.digest.DigestUtils;

/**
 * A labelled image with what distinguishes it from others.
 *
 * @param image the file and its label
 * @param sha256 SHA-256 of the file's bytes, as 64 lower-case hexadecimal digits
 * @param thumbnail a small grey picture of the decoded image
 */
public record FingerprintedImage(LabelledImage image, String sha256, Thumbnail thumbnail) {

    /** Takes the fingerprint of the file's bytes. */
    public static FingerprintedImage of(LabelledImage image, byte[] content, Thumbnail thumbnail) {
        return new FingerprintedImage(image, sha256(content), thumbnail);
    }

    /** SHA-256 of a file's bytes, as 64 lower-case hexadecimal digits. */
    public static String sha256(byte[] content) {
        return DigestUtils.sha256Hex(content);
    }
}
