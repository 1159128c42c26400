package dev.blastscope.training;

import java.util.BitSet;
import java.util.List;

/**
 * The gap between the confidence in the winning class and the share of right answers, averaged over 15 bins of equal
 * width weighted by their images (Naeini et al., AAAI 2015; Guo et al., arXiv 1706.04599).
 *
 * <p>It is biased upwards: even a perfectly calibrated head has a gap on few images.
 */
final class ExpectedCalibrationError implements GroupBootstrap.Metric {

    static final int BINS = 15;

    private final int[] bins;
    /** 1 - confidence for a right answer, -confidence for a wrong one. */
    private final double[] residuals;

    /**
     * @param confidences the probability of the winning class of each image, in (0, 1]
     * @param right whether the winning class is the true one
     */
    ExpectedCalibrationError(double[] confidences, boolean[] right) {
        bins = new int[confidences.length];
        residuals = new double[confidences.length];
        for (int image = 0; image < confidences.length; image++) {
            // The bins are ((b - 1) / 15, b / 15], so that a confidence of 1 falls into the last one.
            bins[image] = (int) Math.ceil(confidences[image] * BINS) - 1;
            residuals[image] = (right[image] ? 1 : 0) - confidences[image];
        }
    }

    static ExpectedCalibrationError of(HeadLogits head, double temperature) {
        boolean[] right = new boolean[head.images()];
        for (int image = 0; image < right.length; image++) {
            right[image] = HeadLogits.winner(head.logits(image)) == head.truth(image);
        }
        return new ExpectedCalibrationError(head.confidences(temperature), right);
    }

    @Override
    public double on(int[] weights) {
        double[] gaps = new double[BINS];
        long images = 0;
        for (int image = 0; image < weights.length; image++) {
            gaps[bins[image]] += weights[image] * residuals[image];
            images += weights[image];
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
