package dev.blastscope.training;

import dev.blastscope.prediction.Malignancy;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The area under the ROC curve: the probability that a positive image scores above a negative one, ties counting half.
 *
 * <p>This is the Mann-Whitney statistic (Hanley and McNeil, Radiology 143, 1982). The images are sorted once, so that a
 * resample costs one pass.
 */
final class Auroc implements GroupBootstrap.Metric {

    private final double[] scores;
    private final boolean[] positive;
    /** Images by rising score. */
    private final int[] ranking;

    Auroc(double[] scores, boolean[] positive) {
        this.scores = scores.clone();
        this.positive = positive.clone();
        this.ranking = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(image -> scores[image]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Scores an image by its probability of malignant. */
    static Auroc of(List<Answer> answers) {
        boolean[] positive = new boolean[answers.size()];
        for (int image = 0; image < positive.length; image++) {
            positive[image] = answers.get(image).truth().malignancy() == Malignancy.MALIGNANT;
        }
        return new Auroc(answers.stream().mapToDouble(Answer::malignant).toArray(), positive);
    }

    @Override
    public double on(int[] weights) {
        long negatives = 0;
        long positives = 0;
        // In halves, so that a tie is a whole number and a perfect ranking exactly 1.
        long halfWins = 0;
        for (int from = 0, to; from < ranking.length; from = to) {
            long tiedNegatives = 0;
            long tiedPositives = 0;
            for (to = from; to < ranking.length && scores[ranking[to]] == scores[ranking[from]]; to++) {
                int image = ranking[to];
                if (positive[image]) {
                    tiedPositives += weights[image];
                } else {
                    tiedNegatives += weights[image];
                }
            }
            halfWins += tiedPositives * (2 * negatives + tiedNegatives);
            negatives += tiedNegatives;
            positives += tiedPositives;
        }
        return positives * negatives == 0 ? Double.NaN : halfWins / (2.0 * positives * negatives);
    }

    @Override
    public List<BitSet> samples() {
        BitSet positives = new BitSet();
        BitSet negatives = new BitSet();
        for (int image = 0; image < positive.length; image++) {
            (positive[image] ? positives : negatives).set(image);
        }
        return List.of(positives, negatives);
    }
}
