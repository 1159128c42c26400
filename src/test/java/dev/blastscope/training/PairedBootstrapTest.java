package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.training.GroupBootstrap.Metric;
import dev.blastscope.training.HeldOutComparison.PairedDifference;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

    private static final long SEED = 5;

    @Test
    void spreadsLikeMcNemarsWhereEachImageIsAGroup() {
        int[] groups = IntStream.range(0, 400).toArray();

        // The candidate is right on 30 images that the active model misses, and misses 10 that it gets.
        PairedDifference difference = difference(groups, image -> image >= 10, image -> image < 370);

        assertThat(difference.value()).isCloseTo(0.05, within(1e-12));
        // 1.96 standard errors of sqrt((30 + 10) / 400 - 0.05^2) / 20.
        assertThat(difference.low()).isCloseTo(0.05 - 0.0306, within(0.004));
        assertThat(difference.high()).isCloseTo(0.05 + 0.0306, within(0.004));
        assertThat(difference.interval()).isEqualTo("paired bootstrap over 400 groups, 2000 resamples");
    }

    @Test
    void whatIsHardForBothModelsDoesNotWidenTheInterval() {
        int[] groups = IntStream.range(0, 400).toArray();

        PairedDifference easy = difference(groups, image -> true, image -> image < 380);
        PairedDifference hard = difference(groups, image -> image >= 180, image -> image >= 180 && image < 380);

        assertThat(hard.value()).isEqualTo(easy.value(), within(1e-12));
        assertThat(hard.high() - hard.low()).isCloseTo(easy.high() - easy.low(), within(1e-12));
    }

    @Test
    void changesItsSignWithTheOrderOfTheModels() {
        int[] groups = IntStream.range(0, 90).map(image -> image / 3).toArray();

        PairedDifference one = difference(groups, image -> image % 5 > 0, image -> image % 7 > 0);
        PairedDifference other = difference(groups, image -> image % 7 > 0, image -> image % 5 > 0);

        assertThat(other.value()).isEqualTo(-one.value());
        assertThat(other.low()).isCloseTo(-one.high(), within(1e-12));
        assertThat(other.high()).isCloseTo(-one.low(), within(1e-12));
    }

    @Test
    void holdsTheTrueDifferenceAboutAsOftenAsItSays() {
        Random random = new Random(11);
        int trials = 200;
        int held = 0;
        for (int trial = 0; trial < trials; trial++) {
            // 60 groups of 1 to 10 images. The active model is right with a chance uniform in [0.4, 0.9] from group to
            // group, the candidate 0.05 more often, and both look at the same dice.
            int[] groups = IntStream.range(0, 60)
                    .flatMap(group -> IntStream.generate(() -> group).limit(1 + random.nextInt(10)))
                    .toArray();
            double[] ease = random.doubles(60, 0.4, 0.9).toArray();
            double[] dice = random.doubles(groups.length).toArray();
            PairedDifference difference = difference(
                    groups,
                    image -> dice[image] < ease[groups[image]] + 0.05,
                    image -> dice[image] < ease[groups[image]]);
            held += difference.low() <= 0.05 && 0.05 <= difference.high() ? 1 : 0;
        }

        assertThat(held / (double) trials).isBetween(0.90, 0.98);
    }

    @Test
    void boundsExactlyWhereTheModelsNeverDiffer() {
        int[] fortyGroups = IntStream.range(0, 400).map(image -> image / 10).toArray();

        PairedDifference none = difference(fortyGroups, image -> image >= 30, image -> image >= 30);

        assertThat(none.value()).isZero();
        assertThat(none.high()).isCloseTo(0.088, within(0.0005));
        assertThat(none.low()).isEqualTo(-none.high());
        assertThat(none.interval()).isEqualTo("exact bound over 40 groups, on none of which they differ");
    }

    @Test
    void claimsNothingFromOneGroup() {
        PairedDifference difference = difference(new int[10], image -> true, image -> image > 0);

        assertThat(difference.low()).isEqualTo(-1);
        assertThat(difference.high()).isEqualTo(1);
    }

    @Test
    void hasNoDifferenceOfAnUndefinedMetric() {
        Metric undefined = new ClassificationMetrics(List.of("0", "1"), new int[2], new int[2]).recall(1);

        assertThat(new GroupBootstrap(new int[2], new int[2], SEED).difference(undefined, undefined))
                .isEmpty();
    }

    /** The difference in recall of class 0, which all images are of. */
    private static PairedDifference difference(int[] groups, IntPredicate candidate, IntPredicate active) {
        return new GroupBootstrap(groups, new int[groups.length], SEED)
                .difference(recall(groups.length, candidate), recall(groups.length, active))
                .orElseThrow();
    }

    private static Metric recall(int images, IntPredicate right) {
        int[] answers = IntStream.range(0, images)
                .map(image -> right.test(image) ? 0 : 1)
                .toArray();
        return new ClassificationMetrics(List.of("0", "1"), new int[images], answers).recall(0);
    }
}
