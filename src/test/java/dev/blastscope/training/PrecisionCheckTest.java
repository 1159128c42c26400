package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.ModelCard.PrecisionComparison;
import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrecisionCheckTest {

    private static final int GROUPS = 40;

    @Test
    void equalFiguresPass() {
        PrecisionComparison comparison = PrecisionCheck.of(figures(2, 4), figures(2, 4));
        assertThat(comparison.passed()).isTrue();
        assertThat(comparison.summary())
                .startsWith("int8 does as well as fp32")
                .contains("four-class accuracy 0.950 (fp32: 0.950, ", "sensitivity", "calibration error");
    }

    @Test
    void oneMoreErrorWithinTheIntervalPasses() {
        assertThat(PrecisionCheck.of(figures(2, 4), figures(3, 4)).passed()).isTrue();
    }

    @Test
    void aSensitivityBelowTheIntervalFails() {
        PrecisionComparison comparison = PrecisionCheck.of(figures(2, 4), figures(12, 4));
        assertThat(comparison.passed()).isFalse();
        assertThat(comparison.summary())
                .startsWith("int8 does worse than fp32")
                .contains("in four-class accuracy, sens");
    }

    @Test
    void aCalibrationErrorAboveTheIntervalFails() {
        PrecisionComparison comparison = PrecisionCheck.of(figures(2, 4), figures(2, 0.2f));
        assertThat(comparison.passed()).isFalse();
        assertThat(comparison.summary()).contains("in calibration error of malignancy: ");
    }

    @Test
    void betterFiguresPass() {
        assertThat(PrecisionCheck.of(figures(12, 4), figures(0, 4)).passed()).isTrue();
    }

    /** Half of the images are benign, the others Pre-B, of which so many are called benign; all as surely. */
    private static EvaluationFigures figures(int missed, float sureness) {
        List<LabelledLogits> images = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            boolean malignant = group >= GROUPS / 2;
            boolean called = malignant && group >= GROUPS / 2 + missed;
            images.add(new LabelledLogits(
                    called ? new float[] {0, sureness} : new float[] {sureness, 0},
                    new float[] {0, sureness, 0},
                    malignant ? SmearClass.PRE_B : SmearClass.BENIGN,
                    group));
        }
        return new Evaluation(new Calibration(1, 1)).of("grouped", "validation", images);
    }
}
