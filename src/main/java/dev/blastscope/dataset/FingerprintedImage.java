package dev.blastscope.dataset;

/**
 * A labelled image with what tells it from others.
 *
 * @param image the file and its label
 * @param sha256 SHA-256 of the file's bytes, as 64 lower-case hexadecimal digits
 * @param thumbnail a small grey picture of the decoded image
 */
public record FingerprintedImage(LabelledImage image, String sha256, Thumbnail thumbnail) {

    /** Takes the fingerprint of the file's bytes. */
    public static FingerprintedImage of(LabelledImage image, byte[] content, Thumbnail thumbnail) {
        return new FingerprintedImage(image, Sha256.hex(content), thumbnail);
    }
}
