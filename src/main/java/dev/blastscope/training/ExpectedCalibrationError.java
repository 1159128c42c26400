package dev.blastscope.training;

import dev.blastscope.prediction.Malignancy;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The gap between the confidence in the winning class and the share of right answers, averaged over 15 bins of equal
 * width weighted by their images (Naeini et al., AAAI 2015; Guo et al., arXiv 1706.04599).
 *
 * <p>Each class weighs the same however many images it has, as it does when heads learn and calibrations are fitted.
 * The error is biased upwards: even a perfectly calibrated head has a gap on few images.
 */
final class ExpectedCalibrationError implements GroupBootstrap.Metric {

    static final int BINS = 15;

    private final int[] bins;
    /** 1 - confidence for a right answer, -confidence for a wrong one. */
    private final double[] residuals;
    /** 1 / images of the true class. */
    private final double[] importance;

    /**
     * @param confidences the probability of the winning class of each image, in (0, 1]
     * @param right whether the winning class is the true one
     * @param truth the index of the true class
     */
    ExpectedCalibrationError(double[] confidences, boolean[] right, int[] truth) {
        bins = new int[confidences.length];
        residuals = new double[confidences.length];
        importance = new double[confidences.length];
        Map<Integer, Long> images =
                IntStream.of(truth).boxed().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        for (int image = 0; image < confidences.length; image++) {
            // The bins are ((b - 1) / 15, b / 15], so that a confidence of 1 falls into the last one.
            bins[image] = (int) Math.ceil(confidences[image] * BINS) - 1;
            residuals[image] = (right[image] ? 1 : 0) - confidences[image];
            importance[image] = 1.0 / images.getOrDefault(truth[image], 1L);
        }
    }

    /** Of the malignancy head; the more probable class counts as its answer, wherever the threshold lies. */
    static ExpectedCalibrationError malignancy(List<Answer> answers) {
        return of(
                answers,
                Answer::confidence,
                answer -> (answer.malignant() >= 0.5) == (answer.truth().malignancy() == Malignancy.MALIGNANT),
                answer -> answer.truth().malignancy().ordinal());
    }

    /** Of the subtype head, on malignant images. */
    static ExpectedCalibrationError subtype(List<Answer> malignant) {
        return of(
                malignant,
                answer -> answer.subtypes().get(answer.subtype().ordinal()),
                answer -> answer.truth().subtype().equals(Optional.of(answer.subtype())),
                answer -> answer.truth().ordinal());
    }

    static double ofMalignancy(List<Answer> answers) {
        return malignancy(answers).onAll();
    }

    static double ofSubtype(List<Answer> answers) {
        return subtype(Answer.malignant(answers)).onAll();
    }

    private static ExpectedCalibrationError of(
            List<Answer> answers,
            ToDoubleFunction<Answer> confidence,
            Predicate<Answer> isRight,
            ToIntFunction<Answer> truth) {
        boolean[] right = new boolean[answers.size()];
        for (int image = 0; image < right.length; image++) {
            right[image] = isRight.test(answers.get(image));
        }
        return new ExpectedCalibrationError(
                answers.stream().mapToDouble(confidence).toArray(),
                right,
                answers.stream().mapToInt(truth).toArray());
    }

    private double onAll() {
        int[] once = new int[bins.length];
        Arrays.fill(once, 1);
        return on(once);
    }

    @Override
    public double on(int[] weights) {
        double[] gaps = new double[BINS];
        double images = 0;
        for (int image = 0; image < weights.length; image++) {
            gaps[bins[image]] += weights[image] * importance[image] * residuals[image];
            images += weights[image] * importance[image];
        }
        double sum = 0;
        for (double gap : gaps) {
            sum += Math.abs(gap);
        }
        return images == 0 ? Double.NaN : sum / images;
    }

    @Override
    public List<BitSet> samples() {
        BitSet all = new BitSet();
        all.set(0, bins.length);
        return List.of(all);
    }
}
