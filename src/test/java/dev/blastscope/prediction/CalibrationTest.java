package dev.blastscope.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {

    private static final float[] SUBTYPE = {0, 2, 0};

    private final Calibration calibration = new Calibration(2, -1, 4, 0.3, 0.5);

    @Test
    void withoutOneTheLogitsAreTakenAsTheyAre() {
        Prediction prediction = Calibration.NONE.predict(new float[] {0, (float) Math.log(3)}, SUBTYPE);

        assertThat(prediction.malignancy().of(Malignancy.MALIGNANT)).isCloseTo(0.75, within(1e-7));
        assertThat(prediction.threshold()).isEqualTo(0.5);
        assertThat(prediction.prevalence()).isEqualTo(0.5);
    }

    @Test
    void logOddsAreDividedByTheTemperatureAndMovedByTheBias() {
        Prediction prediction = calibration.predict(new float[] {1, 5}, SUBTYPE);

        assertThat(prediction.malignancy().of(Malignancy.MALIGNANT)).isCloseTo(sigmoid(4 / 2.0 - 1), within(1e-12));
        assertThat(prediction.subtype().orElseThrow().of(Subtype.PRE_B))
                .isCloseTo(1 / (1 + 2 * Math.exp(-0.5)), within(1e-7));
    }

    @Test
    void aSmearCountsAsMalignantFromTheThresholdOn() {
        assertThat(calibration.predict(new float[] {0, 0.4f}, SUBTYPE).winner()).isEqualTo(Malignancy.MALIGNANT);
        assertThat(calibration.predict(new float[] {0, 0.2f}, SUBTYPE).winner()).isEqualTo(Malignancy.BENIGN);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.2, 0.5, 0.9})
    void anotherPrevalenceChangesTheProbabilitiesByBayesRuleAndNoOutcome(double prevalence) {
        Calibration other = calibration.forPrevalence(prevalence);
        for (float logit = -6; logit < 6; logit += 0.25f) {
            float[] logits = {0, logit};
            double even = calibration.malignant(logits);
            double byBayes = even * prevalence / (even * prevalence + (1 - even) * (1 - prevalence));

            assertThat(other.malignant(logits)).isCloseTo(byBayes, within(1e-12));
            assertThat(other.predict(logits, SUBTYPE).winner())
                    .isEqualTo(calibration.predict(logits, SUBTYPE).winner());
        }
        assertThat(other.prevalence()).isEqualTo(prevalence);
        assertThat(other.forPrevalence(0.5).threshold()).isCloseTo(calibration.threshold(), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesATemperatureThatIsNotPositive(double temperature) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calibration(temperature, 0, 1, 0.5, 0.5))
                .withMessageStartingWith("a temperature is a positive number");
        assertThatIllegalArgumentException().isThrownBy(() -> new Calibration(1, 0, temperature, 0.5, 0.5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void refusesAThresholdOrPrevalenceThatDecidesAll(double share) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calibration(1, 0, 1, share, 0.5))
                .withMessageStartingWith("threshold and prevalence lie between 0 and 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new Calibration(1, 0, 1, 0.5, share));
    }

    private static double sigmoid(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }
}
