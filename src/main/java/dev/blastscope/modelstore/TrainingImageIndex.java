package dev.blastscope.modelstore;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The images that a model was trained on, in its training and validation parts, so that no later test counts them as
 * unseen.
 *
 * <p>Its file has a line for each image, in order: the first 8 bytes of the SHA-256 of the image file, in hexadecimal.
 * Among a million images of each kind, an image is taken for another once in ten million such files.
 *
 * @param images the first 16 hexadecimal digits of each image's SHA-256
 */
public record TrainingImageIndex(Set<String> images) {

    private static final int DIGITS = 16;
    private static final Pattern FILE = Pattern.compile("([0-9a-f]{" + DIGITS + "}\n)*");

    public TrainingImageIndex {
        images = Set.copyOf(images);
    }

    /** From the SHA-256 of each image, in hexadecimal. */
    public static TrainingImageIndex of(Collection<String> sha256s) {
        return new TrainingImageIndex(
                sha256s.stream().map(TrainingImageIndex::shortened).collect(Collectors.toSet()));
    }

    /**
     * Reads the file of a model.
     *
     * @throws IllegalArgumentException if a line is anything else
     */
    public static TrainingImageIndex read(byte[] file) {
        String lines = new String(file, StandardCharsets.ISO_8859_1);
        if (!FILE.matcher(lines).matches()) {
            throw new IllegalArgumentException(
                    ModelFiles.TRAINED_ON + " has a line that is not the start of an image's SHA-256");
        }
        return new TrainingImageIndex(lines.lines().collect(Collectors.toSet()));
    }

    /** Whether the model was trained on the image of this SHA-256. */
    public boolean contains(String sha256) {
        return images.contains(shortened(sha256));
    }

    /** The file of a model. */
    public byte[] toBytes() {
        return new TreeSet<>(images)
                .stream()
                        .map(image -> image + "\n")
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.US_ASCII);
    }

    private static String shortened(String sha256) {
        return sha256.substring(0, DIGITS);
    }
}
