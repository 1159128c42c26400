package dev.blastscope.training;

import dev.blastscope.prediction.Probabilities;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    static HeadLogits ofMalignancy(List<LabelledLogits> images) {
        return new HeadLogits(
                images.stream().map(LabelledLogits::malignancy).toArray(float[][]::new),
                images.stream()
                        .mapToInt(image -> image.truth().malignancy().ordinal())
                        .toArray());
    }

    /** Takes malignant images only, as a benign smear has no subtype. */
    static HeadLogits ofSubtype(List<LabelledLogits> malignant) {
        return new HeadLogits(
                malignant.stream().map(LabelledLogits::subtype).toArray(float[][]::new),
                malignant.stream()
                        .mapToInt(image -> image.truth().subtype().orElseThrow().ordinal())
                        .toArray());
    }

    /** The class with the highest logit; of equal ones the first wins. */
    static int winner(float[] logits) {
        int winner = 0;
        for (int c = 1; c < logits.length; c++) {
            if (logits[c] > logits[winner]) {
                winner = c;
            }
        }
        return winner;
    }

    /** The probability of each image's winning class, in (0, 1]. */
    double[] confidences(double temperature) {
        return Stream.of(logits)
                .mapToDouble(image -> Probabilities.softmax(image, temperature)[winner(image)])
                .toArray();
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

    ClassificationMetrics classification(List<String> classes) {
        return new ClassificationMetrics(
                classes, truth, Stream.of(logits).mapToInt(HeadLogits::winner).toArray());
    }
}
