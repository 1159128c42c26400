package dev.blastscope.dataset;

import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** Names a data set by what it holds, so that a model can say what it was trained on. */
public final class DatasetDigest {

    private DatasetDigest() {}

    /**
     * SHA-256 over the sorted lines {@code sha256 label group} of the images, as 64 lower-case hexadecimal digits.
     *
     * <p>Where the files lie and in which order they come does not matter; a line without a group ends in a space.
     */
    public static String of(Collection<FingerprintedImage> images) {
        String lines = images.stream().map(DatasetDigest::line).sorted().collect(Collectors.joining());
        return DigestUtils.sha256Hex(lines);
    }

    private static String line(FingerprintedImage fingerprinted) {
        LabelledImage image = fingerprinted.image();
        String label = ClassNames.nameOf(image.label());
        return fingerprinted.sha256() + " " + label + " " + image.group().orElse("") + "\n";
    }
}
