package dev.blastscope.training;

import dev.blastscope.prediction.Probabilities;

/**
 * Temperature scaling: one number per head that the logits are divided by before the softmax (Guo et al., arXiv
 * 1706.04599). It changes how sure a head is, and never which class wins.
 *
 * <p>The temperature minimises the negative log-likelihood of held-out images. Where a head makes no error there, the
 * likelihood grows without end as T falls, and the probabilities go to 0 and 1. So an image counts as its class with (n
 * + 1) / (n + K) and as each other class with 1 / (n + K), where n is how many images there are and K how many classes:
 * Laplace's rule of succession in the place where Platt (1999) smooths his targets. They claim no more than n images
 * without an error can show, and matter less the more images there are.
 */
final class Temperature {

    /** Halving the range this often leaves less than the precision of a double. */
    private static final int HALVINGS = 60;

    private Temperature() {}

    /** The best temperature of a head; 1 where the images are of fewer than two classes or all logits are equal. */
    static double of(HeadLogits head) {
        if (head.classes() < 2) {
            return 1;
        }
        if (slope(head, 1) == 0) {
            return 1;
        }
        double low = Math.log(CalibrationFit.LOWEST);
        double high = Math.log(CalibrationFit.HIGHEST);
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            if (slope(head, Math.exp(middle)) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /**
     * The derivative of the negative log-likelihood by 1 / T: the logits that the head expects less those that the
     * targets expect. It rises with 1 / T, as the likelihood is log-concave, so it is positive below the best T.
     */
    private static double slope(HeadLogits head, double temperature) {
        int classes = head.logits(0).length;
        double other = 1.0 / (head.images() + classes);
        double slope = 0;
        for (int image = 0; image < head.images(); image++) {
            float[] logits = head.logits(image);
            double[] probabilities = Probabilities.softmax(logits, temperature);
            for (int c = 0; c < classes; c++) {
                double target = c == head.truth(image) ? 1 - (classes - 1) * other : other;
                slope += (probabilities[c] - target) * logits[c];
            }
        }
        return slope;
    }
}
