package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpectedCalibrationErrorTest {

    @Test
    void weighsTheGapOfEachBinByItsImages() {
        // Bin (0.6, 0.667]: confidence 0.62 and 0.66 against 1 right of 2. Bin (0.933, 1]: 0.96, 0.97, 1.0 against 2 of
        // 3.
        ExpectedCalibrationError ece = new ExpectedCalibrationError(
                new double[] {0.62, 0.66, 0.96, 0.97, 1.0}, new boolean[] {true, false, true, false, true});

        assertThat(ece.on(new int[] {1, 1, 1, 1, 1})).isCloseTo((2 * (0.64 - 0.5) + (2.93 - 2)) / 5, within(1e-12));
    }

    @Test
    void countsAnImageAsOftenAsItWasDrawn() {
        ExpectedCalibrationError ece =
                new ExpectedCalibrationError(new double[] {0.9, 0.6}, new boolean[] {true, false});

        assertThat(ece.on(new int[] {3, 1})).isCloseTo((3 * 0.1 + 0.6) / 4, within(1e-12));
        assertThat(ece.on(new int[] {0, 0})).isNaN();
    }

    @Test
    void letsErrorsInOneBinCancel() {
        ExpectedCalibrationError ece = new ExpectedCalibrationError(
                new double[] {0.75, 0.75, 0.75, 0.75}, new boolean[] {true, true, true, false});

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

        assertThat(new ExpectedCalibrationError(confidences, calibrated).on(once))
                .isLessThan(0.01);
        assertThat(new ExpectedCalibrationError(confidences, overconfident).on(once))
                .isCloseTo(0.2, within(0.01));
    }

    @Test
    void takesTheConfidenceInTheWinnerAtTheTemperature() {
        HeadLogits head = new HeadLogits(new float[][] {{0, 2}}, new int[] {1});

        assertThat(ExpectedCalibrationError.of(head, 1).on(new int[] {1}))
                .isCloseTo(1 - 1 / (1 + Math.exp(-2)), within(1e-12));
        assertThat(ExpectedCalibrationError.of(head, 4).on(new int[] {1}))
                .isCloseTo(1 - 1 / (1 + Math.exp(-0.5)), within(1e-12));
    }
}
