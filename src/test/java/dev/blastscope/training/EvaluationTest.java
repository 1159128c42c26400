package dev.blastscope.training;

import static dev.blastscope.prediction.SmearClass.BENIGN;
import static dev.blastscope.prediction.SmearClass.EARLY_PRE_B;
import static dev.blastscope.prediction.SmearClass.PRE_B;
import static dev.blastscope.prediction.SmearClass.PRO_B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.EvaluationFigures.ClassFigures;
import dev.blastscope.modelstore.EvaluationFigures.Figure;
import dev.blastscope.modelstore.EvaluationFigures.MalignancyFigures;
import dev.blastscope.prediction.Calibration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final float[] LOOKS_BENIGN = {2, 0};
    private static final float[] LOOKS_MALIGNANT = {0, 2};
    private static final float[] LOOKS_EARLY_PRE_B = {3, 0, 0};
    private static final float[] LOOKS_PRE_B = {0, 3, 0};
    private static final float[] LOOKS_PRO_B = {0, 0, 3};

    private static final List<LabelledLogits> IMAGES = List.of(
            new LabelledLogits(LOOKS_BENIGN, LOOKS_PRE_B, BENIGN, 1),
            new LabelledLogits(LOOKS_BENIGN, LOOKS_PRE_B, BENIGN, 1),
            new LabelledLogits(LOOKS_MALIGNANT, LOOKS_PRE_B, BENIGN, 2),
            new LabelledLogits(LOOKS_BENIGN, LOOKS_EARLY_PRE_B, EARLY_PRE_B, 3),
            new LabelledLogits(LOOKS_MALIGNANT, LOOKS_EARLY_PRE_B, EARLY_PRE_B, 3),
            new LabelledLogits(LOOKS_MALIGNANT, LOOKS_PRE_B, PRE_B, 4),
            new LabelledLogits(LOOKS_MALIGNANT, LOOKS_EARLY_PRE_B, PRE_B, 5),
            new LabelledLogits(LOOKS_MALIGNANT, LOOKS_PRO_B, PRO_B, 6));

    private static final Calibration CALIBRATION = new Calibration(2, 0, 0.5, 0.5, 0.5);

    private final EvaluationFigures figures = Evaluation.of("grouped", "test", IMAGES, CALIBRATION);

    @Test
    void tellsMalignantFromBenignOnAllImages() {
        MalignancyFigures malignancy = figures.malignancy();

        assertThat(malignancy.n()).isEqualTo(8);
        assertThat(malignancy.groups()).isEqualTo(6);
        assertThat(value(malignancy.sensitivity())).isEqualTo(4.0 / 5);
        assertThat(value(malignancy.specificity())).isEqualTo(2.0 / 3);
        // Of 15 pairs: 4 malignant over 2 benign win, 4 and 2 tie, and one loses.
        assertThat(value(malignancy.auroc())).isCloseTo((8 + 6 / 2.0) / 15, within(1e-12));
    }

    @Test
    void measuresTheCalibrationBeforeAndAfterTheTemperatureOfEachHead() {
        // Every confidence is the same, so that the gap is that of one bin, in which each class weighs the same.
        assertThat(figures.malignancy().eceBefore().value())
                .isCloseTo(1 / (1 + Math.exp(-2)) - (2.0 / 3 + 4.0 / 5) / 2, within(1e-12));
        assertThat(figures.malignancy().eceAfter().value())
                .isCloseTo((2.0 / 3 + 4.0 / 5) / 2 - 1 / (1 + Math.exp(-1)), within(1e-12));
        assertThat(figures.subtype().orElseThrow().eceAfter().value())
                .isCloseTo(1 / (1 + 2 * Math.exp(-6)) - (1 + 0.5 + 1) / 3, within(1e-12));
    }

    @Test
    void tellsTheSubtypesApartOnMalignantImagesOnly() {
        assertThat(figures.subtype()).hasValueSatisfying(subtype -> {
            assertThat(subtype.n()).isEqualTo(5);
            assertThat(subtype.groups()).isEqualTo(4);
            assertThat(subtype.accuracy().value()).isEqualTo(4.0 / 5);
            assertThat(subtype.confusion().classes()).containsExactly("EARLY_PRE_B", "PRE_B", "PRO_B");
            assertThat(subtype.confusion().counts())
                    .containsExactly(List.of(2, 0, 0), List.of(1, 1, 0), List.of(0, 0, 1));
        });
    }

    @Test
    void answersTheSubtypeOnlyWhereMalignantWins() {
        assertThat(figures.fourClass().accuracy().value()).isEqualTo(5.0 / 8);
        assertThat(figures.fourClass().confusion().counts())
                .containsExactly(List.of(2, 0, 1, 0), List.of(1, 1, 0, 0), List.of(0, 1, 1, 0), List.of(0, 0, 0, 1));
        ClassFigures preB = figures.fourClass().perClass().get(PRE_B.ordinal());
        assertThat(preB.name()).isEqualTo("PRE_B");
        assertThat(preB.n()).isEqualTo(2);
        assertThat(value(preB.precision())).isEqualTo(1.0 / 2);
        assertThat(value(preB.recall())).isEqualTo(1.0 / 2);
        assertThat(value(preB.f1())).isEqualTo(1.0 / 2);
    }

    @Test
    void saysTheSameAgain() {
        assertThat(Evaluation.of("grouped", "test", IMAGES, CALIBRATION)).isEqualTo(figures);
    }

    @Test
    void leavesUndefinedWhatBenignImagesAloneCannotShow() {
        EvaluationFigures benignOnly = Evaluation.of("random", "validation", IMAGES.subList(0, 2), CALIBRATION);

        assertThat(benignOnly.malignancy().sensitivity()).isEmpty();
        assertThat(benignOnly.malignancy().auroc()).isEmpty();
        assertThat(benignOnly.malignancy().specificity())
                .contains(new Figure(1, 0, 1, 2, 1, "none, it rests on one group"));
        assertThat(benignOnly.subtype()).isEmpty();
        assertThat(benignOnly.fourClass().perClass().get(PRO_B.ordinal()))
                .isEqualTo(new ClassFigures("PRO_B", 0, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void refusesAnEmptyPart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.of("grouped", "test", List.of(), CALIBRATION))
                .withMessage(
                        "the test part of the grouped split is empty: add images, or give the part a larger share");
    }

    @Test
    void refusesLogitsThatAreNotNumbersOrNotOfTheHead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelledLogits(new float[] {0, Float.NaN}, LOOKS_PRE_B, BENIGN, 1))
                .withMessageContaining("training has diverged");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelledLogits(LOOKS_PRE_B, LOOKS_PRE_B, BENIGN, 1))
                .withMessage("the malignancy head gives 2 logits an image, not 3");
    }

    private static double value(Optional<Figure> figure) {
        return figure.orElseThrow().value();
    }
}
