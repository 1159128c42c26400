package dev.blastscope.training;

import java.util.List;
import java.util.stream.IntStream;

/** The logits of one head on the images that it can be judged on, and the true class of each. */
final class HeadLogits {

    private final float[][] logits;
    private final int[] truth;

    /**
     * @param logits (images, classes)
     * @param truth (images), each the index of a class
     */
    HeadLogits(float[][] logits, int[] truth) {
        this.logits = logits;
        this.truth = truth;
    }

    /** Takes malignant images only, as a benign smear has no subtype. */
    static HeadLogits ofSubtype(List<LabelledLogits> malignant) {
        return new HeadLogits(
                malignant.stream().map(LabelledLogits::subtype).toArray(float[][]::new),
                malignant.stream()
                        .mapToInt(image -> image.truth().subtype().orElseThrow().ordinal())
                        .toArray());
    }

    int images() {
        return truth.length;
    }

    float[] logits(int image) {
        return logits[image];
    }

    int truth(int image) {
        return truth[image];
    }

    /** How many classes the images truly are of. */
    int classes() {
        return Math.toIntExact(IntStream.of(truth).distinct().count());
    }
}
