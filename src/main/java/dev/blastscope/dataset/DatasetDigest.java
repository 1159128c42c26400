package dev.blastscope.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** Names a data set by what it holds, so that a model can say what it was trained on. */
final class DatasetDigest {

    private DatasetDigest() {}

    /**
     * SHA-256 over the sorted lines {@code sha256 label group} of the images, as "sha256:" and 64 lower-case
     * hexadecimal digits.
     *
     * <p>Where the files lie and in which order they come does not matter; a line without a group ends in a space.
     */
    static String of(Collection<FingerprintedImage> images) {
        return ofLines(images.stream().map(image -> line(image.sha256(), image.image())));
    }

    /** The same of files that nobody has read yet; each is, whether it holds an image or not. */
    static String ofFiles(Collection<LabelledImage> images) throws IOException {
        List<String> lines = new ArrayList<>();
        for (LabelledImage image : images) {
            try (InputStream content = Files.newInputStream(image.path())) {
                lines.add(line(DigestUtils.sha256Hex(content), image));
            }
        }
        return ofLines(lines.stream());
    }

    private static String ofLines(Stream<String> lines) {
        return "sha256:" + DigestUtils.sha256Hex(lines.sorted().collect(Collectors.joining()));
    }

    private static String line(String sha256, LabelledImage image) {
        return sha256 + " " + ClassNames.nameOf(image.label()) + " "
                + image.group().orElse("") + "\n";
    }
}
