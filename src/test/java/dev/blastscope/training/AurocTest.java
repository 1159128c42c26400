package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AurocTest {

    @Test
    void countsThePairsThatAreRankedRight() {
        // Of the pairs (0.35 or 0.8) against (0.1 or 0.4) only 0.35 < 0.4 is wrong.
        Auroc auroc = new Auroc(new double[] {0.1, 0.4, 0.35, 0.8}, new boolean[] {false, false, true, true});

        assertThat(auroc.on(new int[] {1, 1, 1, 1})).isEqualTo(0.75);
    }

    @Test
    void countsATieHalf() {
        // Against 1 and 2, the positive 2 wins once and ties once, the positive 3 wins twice: 3.5 of 4.
        Auroc auroc = new Auroc(new double[] {1, 2, 2, 3}, new boolean[] {false, false, true, true});

        assertThat(auroc.on(new int[] {1, 1, 1, 1})).isEqualTo(0.875);
    }

    @Test
    void isExactAtBothEndsAndInTheMiddle() {
        boolean[] positive = {false, true, false, true, false};
        int[] once = {1, 1, 1, 1, 1};

        assertThat(new Auroc(new double[] {0, 1, 0, 1, 0}, positive).on(once)).isEqualTo(1);
        assertThat(new Auroc(new double[] {1, 0, 1, 0, 1}, positive).on(once)).isZero();
        assertThat(new Auroc(new double[] {7, 7, 7, 7, 7}, positive).on(once)).isEqualTo(0.5);
    }

    @Test
    void isUndefinedWithoutAPositiveOrANegative() {
        Auroc auroc = new Auroc(new double[] {0, 1}, new boolean[] {false, true});

        assertThat(auroc.on(new int[] {3, 0})).isNaN();
        assertThat(auroc.on(new int[] {0, 3})).isNaN();
    }

    @Test
    void equalsEveryPairComparedOnEveryResample() {
        Random random = new Random(1);
        double[] scores = random.ints(60, 0, 12).asDoubleStream().toArray();
        boolean[] positive = new boolean[scores.length];
        for (int image = 0; image < positive.length; image++) {
            positive[image] = random.nextInt(12) < scores[image];
        }
        Auroc auroc = new Auroc(scores, positive);

        for (int resample = 0; resample < 50; resample++) {
            int[] weights = random.ints(scores.length, 0, 4).toArray();
            assertThat(auroc.on(weights)).isCloseTo(byPairs(scores, positive, weights), within(1e-12));
        }
    }

    private static double byPairs(double[] scores, boolean[] positive, int[] weights) {
        double wins = 0;
        double pairs = 0;
        for (int p = 0; p < scores.length; p++) {
            for (int n = 0; n < scores.length; n++) {
                if (positive[p] && !positive[n]) {
                    double weight = weights[p] * weights[n];
                    pairs += weight;
                    wins += weight * (Math.signum(scores[p] - scores[n]) + 1) / 2;
                }
            }
        }
        return wins / pairs;
    }
}
