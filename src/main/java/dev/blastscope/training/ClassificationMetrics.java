package dev.blastscope.training;

import dev.blastscope.modelstore.EvaluationFigures.ConfusionMatrix;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * True and answered classes of the same images, with the metrics that scikit-learn has under the same names.
 *
 * <p>Where scikit-learn would answer 0 for want of a denominator, the metric is undefined.
 */
final class ClassificationMetrics {

    private final List<String> classes;
    private final int[] truth;
    private final int[] answers;

    /**
     * @param classes the names of the classes
     * @param truth by image, the index of its class
     * @param answers by image, the index of the class that it was called
     */
    ClassificationMetrics(List<String> classes, int[] truth, int[] answers) {
        this.classes = classes;
        this.truth = truth;
        this.answers = answers;
    }

    List<String> classes() {
        return classes;
    }

    GroupBootstrap.Metric accuracy() {
        return weighing(image -> 1);
    }

    GroupBootstrap.Metric precision(int c) {
        return weighing(image -> isAnswer(image, c));
    }

    GroupBootstrap.Metric recall(int c) {
        return weighing(image -> isTruth(image, c));
    }

    /** 2 TP / (2 TP + FP + FN): a hit weighs double, for it is of the class in truth and in the answer. */
    GroupBootstrap.Metric f1(int c) {
        return weighing(image -> isTruth(image, c) + isAnswer(image, c));
    }

    /** How many images truly are of class {@code c}. */
    int support(int c) {
        return IntStream.range(0, truth.length).map(image -> isTruth(image, c)).sum();
    }

    ConfusionMatrix confusion() {
        int[][] counts = new int[classes.size()][classes.size()];
        for (int image = 0; image < truth.length; image++) {
            counts[truth[image]][answers[image]]++;
        }
        return new ConfusionMatrix(
                classes,
                Stream.of(counts).map(row -> IntStream.of(row).boxed().toList()).toList());
    }

    private int isTruth(int image, int c) {
        return truth[image] == c ? 1 : 0;
    }

    private int isAnswer(int image, int c) {
        return answers[image] == c ? 1 : 0;
    }

    private GroupBootstrap.Metric weighing(IntUnaryOperator importance) {
        return new WeightedAccuracy(
                IntStream.range(0, truth.length).map(importance).toArray());
    }

    /** The share of right answers among images of differing importance; those of importance 0 do not take part. */
    private final class WeightedAccuracy implements GroupBootstrap.Metric {

        private final int[] importance;

        WeightedAccuracy(int[] importance) {
            this.importance = importance;
        }

        @Override
        public double on(int[] weights) {
            long right = 0;
            long all = 0;
            for (int image = 0; image < weights.length; image++) {
                long weight = (long) weights[image] * importance[image];
                all += weight;
                right += truth[image] == answers[image] ? weight : 0;
            }
            return all == 0 ? Double.NaN : (double) right / all;
        }

        @Override
        public List<BitSet> samples() {
            BitSet sample = new BitSet();
            IntStream.range(0, importance.length)
                    .filter(image -> importance[image] > 0)
                    .forEach(sample::set);
            return List.of(sample);
        }

        @Override
        public Optional<BitSet> right() {
            if (IntStream.of(importance).anyMatch(weight -> weight > 1)) {
                return Optional.empty();
            }
            BitSet right = new BitSet();
            samples().get(0).stream()
                    .filter(image -> truth[image] == answers[image])
                    .forEach(right::set);
            return Optional.of(right);
        }
    }
}
