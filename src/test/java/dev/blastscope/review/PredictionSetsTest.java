package dev.blastscope.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PredictionSetsTest {

    @Test
    void aClassBelongsToTheSetFromTheProbabilityThatItsGroupsReach() {
        List<Row> answers = new ArrayList<>();
        for (int group = 0; group < 99; group++) {
            answers.add(Answers.answer(SmearClass.BENIGN, group, 1 - group / 100.0));
        }
        PredictionSets sets = new PredictionSets(answers, 0.9, 1);

        // 90 of 100, the new group among them.
        assertThat(sets.least(SmearClass.BENIGN)).isCloseTo(0.11, within(1e-9));
        assertThat(sets.vouched(SmearClass.BENIGN)).isEqualTo(0.9);
        assertThat(sets.of(benign(0.12))).contains(SmearClass.BENIGN);
        assertThat(sets.of(benign(0.10))).doesNotContain(SmearClass.BENIGN);
    }

    @Test
    void aGroupCountsAsOneHoweverManyImagesItHas() {
        List<Row> answers = new ArrayList<>();
        for (int group = 0; group < 99; group++) {
            answers.add(Answers.answer(SmearClass.PRE_B, group, 0.9));
        }
        answers.addAll(Answers.copies(5_000, Answers.answer(SmearClass.PRE_B, 99, 0.2)));

        assertThat(new PredictionSets(answers, 0.95, 1).least(SmearClass.PRE_B)).isCloseTo(0.9, within(1e-9));
    }

    @Test
    void fewGroupsVouchForLessAndTheWorstAnswerCounts() {
        List<Row> answers = List.of(
                Answers.answer(SmearClass.PRO_B, 1, 0.99),
                Answers.answer(SmearClass.PRO_B, 2, 0.7),
                Answers.answer(SmearClass.PRO_B, 3, 0.95));
        PredictionSets sets = new PredictionSets(answers, 0.95, 1);

        assertThat(sets.vouched(SmearClass.PRO_B)).isEqualTo(0.75);
        assertThat(sets.least(SmearClass.PRO_B)).isCloseTo(0.7, within(1e-9));
    }

    @Test
    void aClassOfWhichNothingIsKnownIsNeverExcluded() {
        PredictionSets sets = new PredictionSets(List.of(Answers.answer(SmearClass.BENIGN, 1, 1)), 0.95, 1);

        assertThat(sets.of(benign(1))).contains(SmearClass.PRO_B);
        assertThat(sets.vouched(SmearClass.PRO_B)).isZero();
    }

    @Test
    void theCertaintyLeavesAsManySureErrorsAsTheRiskAllows() {
        List<Row> answers = new ArrayList<>(Answers.copies(994, Answers.answer(SmearClass.BENIGN, 1, 0.99)));
        for (double wrong : new double[] {0.02, 0.04, 0.06, 0.08, 0.4}) {
            answers.add(Answers.answer(SmearClass.BENIGN, 2, wrong));
        }
        // Of 1,000, the new image among them: 2 may be wrong, and it may be one of these.
        assertThat(new PredictionSets(answers, 0.95, 0.002).certainty())
                .isGreaterThan(0.96)
                .isCloseTo(0.96, within(1e-9));
        assertThat(new PredictionSets(answers, 0.95, 0.5).certainty()).isZero();
    }

    @Test
    void withFewImagesNoErrorIsLeft() {
        List<Row> answers =
                List.of(Answers.answer(SmearClass.BENIGN, 1, 0.3), Answers.answer(SmearClass.PRE_B, 2, 0.9));

        assertThat(new PredictionSets(answers, 0.95, 0.002).certainty())
                .isGreaterThan(0.7)
                .isCloseTo(0.7, within(1e-9));
    }

    @Test
    void newGroupsAreCoveredAsOftenAsAsked() {
        Random random = new Random(3);
        double covered = 0;
        int trials = 2_000;
        for (int trial = 0; trial < trials; trial++) {
            List<Row> answers = new ArrayList<>();
            for (int group = 0; group < 30; group++) {
                double ease = random.nextDouble();
                for (int image = 0; image < 1 + random.nextInt(9); image++) {
                    answers.add(Answers.answer(SmearClass.EARLY_PRE_B, group, probability(ease, random)));
                }
            }
            double least = new PredictionSets(answers, 0.9, 1).least(SmearClass.EARLY_PRE_B);
            covered += probability(random.nextDouble(), random) >= least ? 1 : 0;
        }
        assertThat(covered / trials).isGreaterThan(0.885);
    }

    /** Images of a group resemble each other. */
    private static double probability(double ease, Random random) {
        return 0.8 * ease + 0.2 * random.nextDouble();
    }

    private static Probabilities<SmearClass> benign(double probability) {
        Map<SmearClass, Double> classes = new EnumMap<>(SmearClass.class);
        classes.put(SmearClass.BENIGN, probability);
        classes.put(SmearClass.PRE_B, 1 - probability);
        classes.put(SmearClass.EARLY_PRE_B, 0.0);
        classes.put(SmearClass.PRO_B, 0.0);
        return new Probabilities<>(classes);
    }
}
