package dev.blastscope.shadow;

import dev.blastscope.inference.ImagePrediction;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.review.Outcome;
import dev.blastscope.review.ReviewedPrediction;
import dev.blastscope.shadow.ShadowReport.Disagreement;
import dev.blastscope.shadow.ShadowReport.Pair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * What a challenger made of the images that the active model answered. It begins anew when another model becomes
 * active.
 *
 * <p>Safe for use by any number of threads.
 */
final class ShadowComparison {

    private static final int LATEST = 20;
    private static final double TAIL = 0.025;

    private final int[][] outcomes = new int[Outcome.values().length][Outcome.values().length];
    private final Deque<Disagreement> latest = new ArrayDeque<>();
    private String against = "";
    private double differences;
    private double largest;

    /** Adds an image that both models judged. */
    synchronized void add(ImagePrediction answered, ReviewedPrediction scored) {
        if (!answered.model().digest().equals(against)) {
            reset(answered.model().digest());
        }
        ReviewedPrediction active = answered.reviewed();
        outcomes[active.outcome().ordinal()][scored.outcome().ordinal()]++;
        double difference = Math.abs(malignant(active) - malignant(scored));
        differences += difference;
        largest = Math.max(largest, difference);
        if (active.outcome() != scored.outcome()) {
            latest.addFirst(new Disagreement(
                    answered.id(), active.outcome(), scored.outcome(), malignant(active), malignant(scored)));
            if (latest.size() > LATEST) {
                latest.removeLast();
            }
        }
    }

    /** The mean difference of the probabilities of malignant; NaN before the first image. */
    synchronized double meanDifference() {
        return differences / images();
    }

    synchronized ShadowReport report() {
        List<Pair> pairs = new ArrayList<>();
        int agreed = 0;
        for (Outcome active : Outcome.values()) {
            for (Outcome challenger : Outcome.values()) {
                pairs.add(new Pair(active, challenger, outcomes[active.ordinal()][challenger.ordinal()]));
            }
            agreed += outcomes[active.ordinal()][active.ordinal()];
        }
        int images = images();
        return new ShadowReport(
                against,
                images,
                images == 0 ? 0 : (double) agreed / images,
                agreed == 0
                        ? 0
                        : BetaDistribution.of(agreed, images - agreed + 1.0).inverseCumulativeProbability(TAIL),
                agreed == images
                        ? 1
                        : BetaDistribution.of(agreed + 1.0, images - agreed).inverseSurvivalProbability(TAIL),
                images == 0 ? 0 : differences / images,
                largest,
                List.copyOf(pairs),
                List.copyOf(latest));
    }

    private int images() {
        int images = 0;
        for (int[] row : outcomes) {
            for (int count : row) {
                images += count;
            }
        }
        return images;
    }

    private void reset(String digest) {
        against = digest;
        differences = 0;
        largest = 0;
        latest.clear();
        for (int[] row : outcomes) {
            Arrays.fill(row, 0);
        }
    }

    private static double malignant(ReviewedPrediction reviewed) {
        Prediction prediction = reviewed.prediction();
        return prediction.malignancy().of(Malignancy.MALIGNANT);
    }
}
