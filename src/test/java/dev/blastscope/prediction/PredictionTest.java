package dev.blastscope.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PredictionTest {

    private final Probabilities<Subtype> subtypes =
            Probabilities.of(Subtype.class, new float[] {0, (float) Math.log(8), (float) Math.log(1)}, 1);

    @Test
    void softmaxOfTheLogitsIsWhatIsServed() {
        Probabilities<Malignancy> even = Probabilities.of(Malignancy.class, new float[] {0, (float) Math.log(3)}, 1);

        assertThat(even.of(Malignancy.BENIGN)).isCloseTo(0.25, within(1e-7));
        assertThat(even.of(Malignancy.MALIGNANT)).isCloseTo(0.75, within(1e-7));
        assertThat(subtypes.of(Subtype.PRE_B)).isCloseTo(0.8, within(1e-7));
    }

    @Test
    void hugeLogitsDoNotOverflow() {
        Probabilities<Malignancy> sure = Probabilities.of(Malignancy.class, new float[] {-1e30f, 1e30f}, 0.05);

        assertThat(sure.values().values()).containsExactly(0.0, 1.0);
    }

    @Test
    void aTemperatureAboveOneMakesTheAnswerLessSureAndKeepsTheWinner() {
        float[] logits = {1, 4};
        Probabilities<Malignancy> raw = Probabilities.of(Malignancy.class, logits, 1);
        Probabilities<Malignancy> softened = Probabilities.of(Malignancy.class, logits, 2);

        assertThat(softened.of(Malignancy.MALIGNANT)).isLessThan(raw.of(Malignancy.MALIGNANT));
        assertThat(softened.winner()).isEqualTo(raw.winner()).isEqualTo(Malignancy.MALIGNANT);
    }

    @Test
    void subtypesAreGivenExactlyWhenTheOutcomeIsMalignant() {
        Probabilities<Malignancy> benign = Probabilities.of(Malignancy.class, new float[] {2, 0}, 1);
        Probabilities<Malignancy> malignant = Probabilities.of(Malignancy.class, new float[] {0, 2}, 1);

        assertThat(new Prediction(benign, 0.5, 0.5, subtypes).subtype()).isEmpty();
        assertThat(new Prediction(malignant, 0.5, 0.5, subtypes).subtype()).contains(subtypes);
    }

    @Test
    void theThresholdDecides() {
        Probabilities<Malignancy> likely = Probabilities.of(Malignancy.class, new float[] {0, 1}, 1);

        assertThat(new Prediction(likely, 0.8, 0.5, subtypes).winner()).isEqualTo(Malignancy.BENIGN);
        assertThat(new Prediction(likely, 0.7, 0.5, subtypes).winner()).isEqualTo(Malignancy.MALIGNANT);
        double malignant = likely.of(Malignancy.MALIGNANT);
        assertThat(new Prediction(likely, malignant, 0.5, subtypes).winner()).isEqualTo(Malignancy.MALIGNANT);
    }

    @Test
    void everyClassOfALabelHasItsMalignancyAndSubtype() {
        assertThat(SmearClass.BENIGN.malignancy()).isEqualTo(Malignancy.BENIGN);
        assertThat(SmearClass.BENIGN.subtype()).isEmpty();
        for (Subtype subtype : Subtype.values()) {
            assertThat(SmearClass.of(subtype).name()).isEqualTo(subtype.name());
            assertThat(SmearClass.of(subtype).subtype()).contains(subtype);
            assertThat(SmearClass.of(subtype).malignancy()).isEqualTo(Malignancy.MALIGNANT);
        }
    }

    @Test
    void aWrongNumberOfLogitsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Probabilities.of(Subtype.class, new float[2], 1))
                .withMessageContaining("3 logits");
    }
}
