package dev.blastscope.training;

import dev.blastscope.image.SmearImage;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.onnx.ActivationRanges;
import dev.blastscope.training.GroupedImages.PreparedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** Finds the ranges of a backbone's activations on some training images, and caches them. */
record RangeFinder(ImagePreparation preparation) {

    static final int SAMPLE = 64;
    /** Change the number with the way in which ranges are found. */
    private static final String RANGES = "-activation-ranges-1";

    ActivationRanges find(
            StartingBackbone backbone,
            List<PreparedImage> images,
            List<Integer> train,
            long seed,
            TrainingProgress progress)
            throws NoSuchDevice {
        List<Integer> shuffled = new ArrayList<>(train);
        Collections.shuffle(shuffled, new Random(seed));
        List<PreparedImage> sample =
                shuffled.stream().limit(SAMPLE).map(images::get).toList();
        String origin = FeatureSource.name(backbone.origin().digest() + RANGES);
        String key = DigestUtils.sha256Hex(sample.stream()
                .map(image -> image.image().sha256())
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII));
        Optional<float[]> known = preparation.cache().get(origin, key, ActivationRanges.ENDS);
        if (known.isEmpty()) {
            progress.begin(TrainingProgress.ACTIVATION_RANGES, sample.size());
            List<SmearImage> smears = sample.stream().map(preparation::decode).toList();
            ActivationRanges ranges =
                    ActivationRanges.measure(backbone.weights(), smears, done -> progress.done(done, ""));
            preparation.cache().put(origin, key, ranges.ends());
            return ranges;
        }
        return new ActivationRanges(known.get());
    }
}
