package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.SmearClass;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpectedCalibrationErrorTest {

    @Test
    void weighsTheGapOfEachBinByItsImages() {
        // Bin (0.6, 0.667]: confidence 0.62 and 0.66 against 1 right of 2. Bin (0.933, 1]: 0.96, 0.97, 1.0 against 2 of
        // 3.
        ExpectedCalibrationError ece = new ExpectedCalibrationError(
                new double[] {0.62, 0.66, 0.96, 0.97, 1.0}, new boolean[] {true, false, true, false, true}, new int[5]);

        assertThat(ece.on(new int[] {1, 1, 1, 1, 1})).isCloseTo((2 * (0.64 - 0.5) + (2.93 - 2)) / 5, within(1e-12));
    }

    @Test
    void countsAnImageAsOftenAsItWasDrawn() {
        ExpectedCalibrationError ece =
                new ExpectedCalibrationError(new double[] {0.9, 0.6}, new boolean[] {true, false}, new int[2]);

        assertThat(ece.on(new int[] {3, 1})).isCloseTo((3 * 0.1 + 0.6) / 4, within(1e-12));
        assertThat(ece.on(new int[] {0, 0})).isNaN();
    }

    @Test
    void letsErrorsInOneBinCancel() {
        ExpectedCalibrationError ece = new ExpectedCalibrationError(
                new double[] {0.75, 0.75, 0.75, 0.75}, new boolean[] {true, true, true, false}, new int[4]);

        assertThat(ece.on(new int[] {1, 1, 1, 1})).isZero();
    }

    @Test
    void isSmallForACalibratedHeadAndTheOverconfidenceOfAnother() {
        Random random = new Random(1);
        double[] confidences =
                random.doubles(20_000).map(draw -> 0.7 + 0.3 * draw).toArray();
        boolean[] calibrated = new boolean[confidences.length];
        boolean[] overconfident = new boolean[confidences.length];
        int[] once = new int[confidences.length];
        for (int image = 0; image < confidences.length; image++) {
            double draw = random.nextDouble();
            calibrated[image] = draw < confidences[image];
            overconfident[image] = draw < confidences[image] - 0.2;
            once[image] = 1;
        }

        assertThat(new ExpectedCalibrationError(confidences, calibrated, new int[confidences.length]).on(once))
                .isLessThan(0.01);
        assertThat(new ExpectedCalibrationError(confidences, overconfident, new int[confidences.length]).on(once))
                .isCloseTo(0.2, within(0.01));
    }

    @Test
    void weighsClassesAlikeHoweverManyImagesTheyHave() {
        ExpectedCalibrationError ece = new ExpectedCalibrationError(
                new double[] {0.9, 0.9, 0.9, 0.6}, new boolean[] {true, true, true, false}, new int[] {0, 0, 0, 1});

        assertThat(ece.on(new int[] {1, 1, 1, 1})).isCloseTo((0.1 + 0.6) / 2, within(1e-12));
    }

    @Test
    void takesTheConfidenceInTheMoreProbableClassWhateverTheOutcome() {
        Answer answer = new Answer(SmearClass.PRE_B, 1, Malignancy.BENIGN, 0.7, List.of(0.2, 0.6, 0.2));

        assertThat(ExpectedCalibrationError.ofMalignancy(List.of(answer))).isCloseTo(0.3, within(1e-12));
        assertThat(ExpectedCalibrationError.ofSubtype(List.of(answer))).isCloseTo(0.4, within(1e-12));
    }
}
