package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.prediction.SmearClass;
import dev.blastscope.training.TrainingSettings.OperatingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutOfFoldTest {

    private static final OperatingPoint TARGET = new OperatingPoint(0.995, 0.95);
    private static final int FOLDS = 5;

    @Test
    void overconfidentHeadsAreCalibrated() {
        OutOfFold.Calibrated calibrated = answers(1_000, 4).calibrated(TARGET);

        assertThat(calibrated.malignancy()).isTrue();
        assertThat(calibrated.calibration().malignancyTemperature()).isGreaterThan(2);
        assertThat(ExpectedCalibrationError.ofMalignancy(calibrated.answers()))
                .isLessThan(ExpectedCalibrationError.ofMalignancy(calibrated.plain()) / 2);
    }

    @Test
    void whatMakesTheCalibrationErrorWorseIsNotApplied() {
        int left = 0;
        for (int seed = 0; seed < 20; seed++) {
            OutOfFold.Calibrated calibrated = answers(200, 1, seed).calibrated(TARGET);
            if (!calibrated.malignancy()) {
                left++;
                assertThat(calibrated.calibration().malignancyTemperature()).isEqualTo(1);
                assertThat(calibrated.calibration().malignancyBias()).isZero();
            }
            assertThat(ExpectedCalibrationError.ofMalignancy(calibrated.answers()))
                    .isLessThanOrEqualTo(ExpectedCalibrationError.ofMalignancy(calibrated.plain()));
            assertThat(ExpectedCalibrationError.ofSubtype(calibrated.answers()))
                    .isLessThanOrEqualTo(ExpectedCalibrationError.ofSubtype(calibrated.plain()));
        }
        assertThat(left).as("heads that needed no calibration").isPositive();
    }

    @Test
    void aFoldsAnswersDoNotDependOnItsOwnLabels() {
        OutOfFold before = answers(500, 3);
        List<LabelledLogits> relabelled = new ArrayList<>(before.logits());
        for (int i = 0; i < relabelled.size(); i++) {
            LabelledLogits image = relabelled.get(i);
            if (before.foldOf().get(i) == 0) {
                SmearClass other = image.truth() == SmearClass.BENIGN ? SmearClass.PRE_B : SmearClass.BENIGN;
                relabelled.set(i, new LabelledLogits(image.malignancy(), image.subtype(), other, image.group()));
            }
        }
        List<Answer> answers = before.calibrated(TARGET).answers();
        List<Answer> again = new OutOfFold(relabelled, before.foldOf(), List.of(), 1)
                .calibrated(TARGET)
                .answers();

        for (int i = 0; i < answers.size(); i++) {
            if (before.foldOf().get(i) == 0) {
                assertThat(again.get(i).malignant()).isEqualTo(answers.get(i).malignant());
                assertThat(again.get(i).outcome()).isEqualTo(answers.get(i).outcome());
            }
        }
    }

    private static OutOfFold answers(int images, double temperature) {
        return answers(images, temperature, 3);
    }

    /** Log-odds that are too sure by this factor. */
    private static OutOfFold answers(int images, double temperature, long seed) {
        Random random = new Random(seed);
        List<LabelledLogits> logits = new ArrayList<>();
        List<Integer> folds = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            double logOdds = 2 * random.nextGaussian();
            boolean malignant = random.nextDouble() < 1 / (1 + Math.exp(-logOdds));
            logits.add(new LabelledLogits(
                    new float[] {0, (float) (temperature * logOdds)},
                    new float[] {(float) random.nextGaussian(), 1, 0},
                    malignant ? SmearClass.values()[1 + random.nextInt(3)] : SmearClass.BENIGN,
                    i));
            folds.add(i % FOLDS);
        }
        return new OutOfFold(logits, folds, List.of(), 1);
    }
}
