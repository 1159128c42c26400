package dev.blastscope.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.blastscope.prediction.SmearClass;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** Fingerprinted images for tests, made without any file. */
final class Fingerprints {

    private Fingerprints() {}

    /** An image that resembles no other unless its content is the same. */
    static FingerprintedImage image(SmearClass label, String name, String content) {
        return image(label, name, content, Optional.empty(), noise(content.hashCode()));
    }

    static FingerprintedImage image(
            SmearClass label, String name, String content, Optional<String> group, float[] thumbnail) {
        LabelledImage image = new LabelledImage(name, Path.of(name), label, group);
        return FingerprintedImage.of(image, content.getBytes(UTF_8), Thumbnail.of(thumbnail));
    }

    static float[] noise(long seed) {
        Random random = new Random(seed);
        float[] grey = new float[Thumbnail.SIZE * Thumbnail.SIZE];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = 255 * random.nextFloat();
        }
        return grey;
    }
}
