package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.modelstore.EvaluationFigures.Figure;
import dev.blastscope.training.GroupBootstrap.Metric;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupBootstrapTest {

    private static final long SEED = 5;

    @Test
    void spreadsLikeTheBinomialWhereEachImageIsAGroup() {
        Figure figure = recall(IntStream.range(0, 400).toArray(), image -> image >= 40);

        assertThat(figure.value()).isEqualTo(0.9);
        // 1.96 standard errors of sqrt(0.9 * 0.1 / 400) = 0.015.
        assertThat(figure.low()).isCloseTo(0.9 - 0.0294, within(0.006));
        assertThat(figure.high()).isCloseTo(0.9 + 0.0294, within(0.006));
        assertThat(figure.interval()).isEqualTo("Korn and Graubard");
        assertThat(figure.n()).isEqualTo(400);
    }

    @Test
    void takesTenCopiesOfAnImageForOne() {
        Figure copies = recall(IntStream.range(0, 400).map(image -> image / 10).toArray(), image -> image >= 40);
        Figure originals = recall(IntStream.range(0, 40).toArray(), image -> image >= 4);

        assertThat(copies.n()).isEqualTo(400);
        assertThat(copies.interval()).isEqualTo(originals.interval()).isEqualTo("Korn and Graubard");
        assertThat(copies.groups()).isEqualTo(originals.groups()).isEqualTo(40);
        // The variance of the copies is as uncertain as that of 40 groups, that of single images is known.
        assertThat(copies.low()).isCloseTo(originals.low(), within(0.006));
        assertThat(copies.high()).isCloseTo(originals.high(), within(0.006));
    }

    @Test
    void givesTheSameIntervalAgainWhateverTheGroupsAreCalled() {
        int[] numbered = IntStream.range(0, 90).map(image -> image / 3).toArray();
        int[] named = IntStream.of(numbered).map(group -> 1_000_000 - 7 * group).toArray();

        assertThat(recall(named, image -> image % 4 > 0)).isEqualTo(recall(numbered, image -> image % 4 > 0));
    }

    @Test
    void holdsTheTruthAboutAsOftenAsItSays() {
        Random random = new Random(11);
        int trials = 200;
        int held = 0;
        for (int trial = 0; trial < trials; trial++) {
            // 60 groups of 1 to 10 images; the share of right answers is uniform in [0.5, 1] from group to group.
            int[] groups = IntStream.range(0, 60)
                    .flatMap(group -> IntStream.generate(() -> group).limit(1 + random.nextInt(10)))
                    .toArray();
            double[] ease = random.doubles(60, 0.5, 1).toArray();
            boolean[] right = new boolean[groups.length];
            for (int image = 0; image < right.length; image++) {
                right[image] = random.nextDouble() < ease[groups[image]];
            }
            Figure figure = recall(groups, image -> right[image]);
            held += figure.low() <= 0.75 && 0.75 <= figure.high() ? 1 : 0;
        }

        assertThat(held / (double) trials).isBetween(0.90, 0.98);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.95, 0.98})
    void holdsTheTruthWithFiveGroups(double truth) {
        Random random = new Random(23);
        int trials = 1_000;
        int held = 0;
        for (int trial = 0; trial < trials; trial++) {
            // 5 groups of 20 images, whose shares of right answers are drawn so that images of a group correlate by
            // 0.1.
            int[] groups = IntStream.range(0, 100).map(image -> image / 20).toArray();
            double[] ease = random.ints(5)
                    .mapToDouble(seed -> BetaDistribution.of(9 * truth, 9 * (1 - truth))
                            .inverseCumulativeProbability(new Random(seed).nextDouble()))
                    .toArray();
            boolean[] right = new boolean[groups.length];
            for (int image = 0; image < right.length; image++) {
                right[image] = random.nextDouble() < ease[groups[image]];
            }
            Figure figure = recall(groups, image -> right[image]);
            held += figure.low() <= truth && truth <= figure.high() ? 1 : 0;
        }

        assertThat(held / (double) trials).isGreaterThanOrEqualTo(0.93);
    }

    @Test
    void boundsExactlyOverGroupsWhereNoErrorWasSeen() {
        int[] fortyGroups = IntStream.range(0, 400).map(image -> image / 10).toArray();

        Figure perfect = recall(fortyGroups, image -> true);
        Figure hopeless = recall(fortyGroups, image -> false);

        // 1 - 0.025^(1/40), as Clopper and Pearson's interval of 40 of 40.
        assertThat(perfect.low()).isCloseTo(1 - 0.088, within(0.0005));
        assertThat(perfect.high()).isEqualTo(1);
        assertThat(perfect.interval()).isEqualTo("exact bound");
        assertThat(hopeless.low()).isZero();
        assertThat(hopeless.high()).isCloseTo(0.088, within(0.0005));
    }

    @Test
    void countsOnlyTheGroupsThatTheMetricRestsOn() {
        // Ten groups of two images; those of class 1 are in two groups only.
        int[] groups = IntStream.range(0, 20).map(image -> image / 2).toArray();
        int[] truth = IntStream.range(0, 20).map(image -> image < 3 ? 1 : 0).toArray();
        double[] scores = IntStream.of(truth).asDoubleStream().toArray();
        boolean[] positive = new boolean[20];
        IntStream.range(0, 3).forEach(image -> positive[image] = true);
        GroupBootstrap bootstrap = new GroupBootstrap(groups, new int[groups.length], SEED);

        Metric recall = new ClassificationMetrics(List.of("0", "1"), truth, truth).recall(1);

        assertThat(bootstrap.figure(recall)).hasValueSatisfying(figure -> {
            assertThat(figure.interval()).isEqualTo("exact bound");
            assertThat(figure.groups()).isEqualTo(2);
            assertThat(figure.low()).isCloseTo(Math.sqrt(0.025), within(1e-12));
            assertThat(figure.n()).isEqualTo(3);
        });
        assertThat(bootstrap.figure(new Auroc(scores, positive))).hasValueSatisfying(figure -> {
            assertThat(figure.interval()).isEqualTo("exact bound");
            assertThat(figure.groups()).isEqualTo(2);
            assertThat(figure.n()).isEqualTo(20);
        });
    }

    @Test
    void claimsNothingFromOneGroup() {
        int[] oneGroup = new int[10];

        assertThat(recall(oneGroup, image -> image > 0))
                .isEqualTo(new Figure(0.9, 0, 1, 10, 1, "none, it rests on one group"));
        assertThat(recall(oneGroup, image -> true))
                .isEqualTo(new Figure(1, 0, 1, 10, 1, "none, it rests on one group"));
    }

    @Test
    void leavesOutTheResamplesWhereTheMetricIsUndefined() {
        // Two of ten groups hold class 1, right in one of them: a tenth of the resamples draws neither.
        int[] groups = IntStream.range(0, 10).toArray();
        int[] truth = {1, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        int[] answers = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        Metric f1 = new ClassificationMetrics(List.of("0", "1"), truth, answers).f1(1);

        assertThat(new GroupBootstrap(groups, new int[groups.length], SEED).figure(f1))
                .hasValueSatisfying(figure -> {
                    assertThat(figure.low()).isZero();
                    assertThat(figure.high()).isEqualTo(1);
                });
    }

    @Test
    void hasNoFigureForAnUndefinedMetric() {
        Metric recall = new ClassificationMetrics(List.of("0", "1"), new int[2], new int[2]).recall(1);

        assertThat(new GroupBootstrap(new int[2], new int[2], SEED).figure(recall))
                .isEmpty();
    }

    /** The recall of class 0, which all images are of. */
    private static Figure recall(int[] groups, IntPredicate right) {
        int[] answers = IntStream.range(0, groups.length)
                .map(image -> right.test(image) ? 0 : 1)
                .toArray();
        ClassificationMetrics classification =
                new ClassificationMetrics(List.of("0", "1"), new int[groups.length], answers);
        return new GroupBootstrap(groups, new int[groups.length], SEED)
                .figure(classification.recall(0))
                .orElseThrow();
    }
}
