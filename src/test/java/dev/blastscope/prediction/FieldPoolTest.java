package dev.blastscope.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.prediction.FieldPool.Pooled;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FieldPoolTest {

    private static final OptionalDouble DEVIATION = OptionalDouble.of(2);

    private final FieldPool pool = new FieldPool(0.5, DEVIATION);

    @Test
    void theLogOddsAreAveragedAndNotAddedUp() {
        Pooled pooled = pool.pool(fields(0.9, 0.5));

        // Odds of 9 and 1, so that their geometric mean is 3.
        assertThat(malignant(pooled)).isCloseTo(0.75, within(1e-9));
        assertThat(malignant(pool.pool(Collections.nCopies(64, field(0.9))))).isCloseTo(0.9, within(1e-9));
    }

    @Test
    void oneFieldCannotOutvoteAllOthers() {
        assertThat(malignant(pool.pool(fields(1e-30, 0.9999, 0.9999, 0.9999)))).isGreaterThan(0.9);
        assertThat(malignant(pool.pool(fields(1, 1e-4, 1e-4, 1e-4)))).isLessThan(0.1);
    }

    @Test
    void contributionsAddUpToTheDistanceFromTheThreshold() {
        Pooled pooled = pool.pool(fields(0.9, 0.2, 0.6));

        double sum = pooled.contributions().stream().mapToDouble(each -> each).sum();
        assertThat(sum).isCloseTo(LogOdds.of(malignant(pooled)) - LogOdds.of(0.3), within(1e-9));
        assertThat(pooled.contributions().get(0)).isPositive();
        assertThat(pooled.contributions().get(1)).isNegative();
    }

    @Test
    void subtypesArePooledOverTheFieldsThatAreMalignant() {
        Pooled pooled = pool.pool(
                List.of(field(0.01, 0.98, 0.01, 0.01), field(0.99, 0.1, 0.8, 0.1), field(0.99, 0.2, 0.2, 0.6)));

        double early = Math.sqrt(0.1 * 0.2);
        double pre = Math.sqrt(0.8 * 0.2);
        double pro = Math.sqrt(0.1 * 0.6);
        assertThat(pooled.prediction().subtypes().of(Subtype.PRE_B)).isCloseTo(pre / (early + pre + pro), within(1e-9));
        assertThat(pooled.prediction().subtypes().values().values().stream()
                        .mapToDouble(each -> each)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void anotherPrevalenceShiftsTheAnswerAndChangesNoOutcome() {
        List<Prediction> even = Stream.of(0.4, 0.1, 0.7)
                .map(probability -> Calibration.NONE.predict(logits(probability), new float[3]))
                .toList();
        List<Prediction> rare = Stream.of(0.4, 0.1, 0.7)
                .map(probability -> Calibration.NONE.forPrevalence(0.01).predict(logits(probability), new float[3]))
                .toList();

        Pooled pooled = pool.pool(even);
        Pooled atAnother = pool.pool(rare);

        assertThat(atAnother.prediction().malignantAt(0.5)).isCloseTo(malignant(pooled), within(1e-9));
        assertThat(malignant(atAnother)).isLessThan(malignant(pooled));
        for (int i = 0; i < even.size(); i++) {
            assertThat(atAnother.contributions().get(i))
                    .isCloseTo(pooled.contributions().get(i), within(1e-9));
        }
    }

    @Test
    void theIntervalNarrowsWithMoreFieldsAndWidensWithTheirDisagreement() {
        Pooled two = pool.pool(Collections.nCopies(2, field(0.9)));
        Pooled many = pool.pool(Collections.nCopies(32, field(0.9)));
        Pooled torn = pool.pool(fields(0.999, 0.999, 0.999, 0.1, 0.5, 0.5));

        assertThat(two.low()).isLessThan(many.low());
        assertThat(many.low()).isLessThan(0.9);
        assertThat(many.high()).isGreaterThan(0.9).isLessThan(two.high());
        assertThat(torn.low()).isLessThan(malignant(torn) - 0.3);
    }

    @Test
    void aFieldOfAModelWhoseTrainingIsUnknownSaysNothingOfTheOthers() {
        FieldPool unknown = new FieldPool(0.5, OptionalDouble.empty());

        assertThat(unknown.pool(fields(0.9)).low()).isZero();
        assertThat(unknown.pool(fields(0.9)).high()).isEqualTo(1);
        assertThat(unknown.pool(fields(0.9, 0.8)).low()).isBetween(0.0, 0.8);
    }

    /** Slides of five fields whose log-odds vary by two around a mean of their own. */
    @Test
    void theIntervalHoldsTheMeanOfTheSlide() {
        Random random = new Random(7);
        int held = 0;
        for (int slide = 0; slide < 2000; slide++) {
            double mean = random.nextGaussian();
            Pooled pooled = pool.pool(random.doubles(5)
                    .mapToObj(each -> field(LogOdds.probability(mean + 2 * random.nextGaussian())))
                    .toList());
            if (pooled.low() <= LogOdds.probability(mean) && LogOdds.probability(mean) <= pooled.high()) {
                held++;
            }
        }
        assertThat(held / 2000.0).isBetween(0.94, 0.99);
    }

    private static double malignant(Pooled pooled) {
        return pooled.prediction().malignancy().of(Malignancy.MALIGNANT);
    }

    private static float[] logits(double malignant) {
        return new float[] {0, (float) LogOdds.of(malignant)};
    }

    private static List<Prediction> fields(double... malignant) {
        return Arrays.stream(malignant).mapToObj(FieldPoolTest::field).toList();
    }

    private static Prediction field(double malignant) {
        return field(malignant, 0.2, 0.6, 0.2);
    }

    private static Prediction field(double malignant, double earlyPreB, double preB, double proB) {
        return new Prediction(
                Probabilities.ofMalignant(malignant),
                0.3,
                0.5,
                new Probabilities<>(Map.of(Subtype.EARLY_PRE_B, earlyPreB, Subtype.PRE_B, preB, Subtype.PRO_B, proB)));
    }
}
