package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.training.TrainingSettings.OperatingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CalibrationFitTest {

    private static final OperatingPoint TARGET = new OperatingPoint(0.995, 0.95);

    @Test
    void findsTheTemperatureAndTheBiasOfABalancedWorldWhateverTheSharesOfTheClasses() {
        // True log-odds x, for an even prevalence; the head says 3 x + 2.
        Random random = new Random(5);
        List<LabelledLogits> images = new ArrayList<>();
        while (images.size() < 20_000) {
            double x = 2 * random.nextGaussian();
            boolean malignant = random.nextDouble() < 1 / (1 + Math.exp(-x));
            // Benign images are five times rarer than in the balanced world.
            if (malignant || random.nextInt(5) == 0) {
                images.add(image(3 * x + 2, malignant));
            }
        }

        Calibration calibration = CalibrationFit.of(images, TARGET);

        assertThat(calibration.malignancyTemperature()).isCloseTo(3, within(0.15));
        assertThat(calibration.malignancyBias()).isCloseTo(-2 / 3.0, within(0.08));
        assertThat(calibration.prevalence()).isEqualTo(0.5);
    }

    @Test
    void claimsNoMoreThanImagesWithoutAnErrorCanShow() {
        Calibration calibration = CalibrationFit.of(images(30, -8, 70, 8), TARGET);

        assertThat(calibration.malignant(new float[] {0, 8})).isCloseTo(71.0 / 72, within(1e-3));
        assertThat(calibration.malignant(new float[] {0, -8})).isCloseTo(1.0 / 32, within(1e-3));
    }

    @Test
    void theThresholdLiesMidwayWhereItCanKeepBoth() {
        Calibration calibration = CalibrationFit.of(images(100, -6, 100, 2), TARGET, false, false);

        assertThat(calibration.threshold()).isCloseTo(1 / (1 + Math.exp(2)), within(1e-6));
    }

    @Test
    void theThresholdKeepsTheSensitivityWhereItCannotKeepBoth() {
        // A benign image in five is like a malignant one, and a malignant one in a hundred like a benign one.
        List<LabelledLogits> images = Stream.of(images(80, -3, 99, 3), images(20, 3, 1, -3))
                .flatMap(List::stream)
                .toList();

        double threshold = CalibrationFit.of(images, TARGET, false, false).threshold();

        assertThat(threshold).isCloseTo(1 / (1 + Math.exp(3)), within(1e-6));
    }

    @Test
    void whatIsNotAskedForStaysAsItIs() {
        Calibration calibration = CalibrationFit.of(images(30, -8, 70, 8), TARGET, false, true);

        assertThat(calibration.malignancyTemperature()).isEqualTo(1);
        assertThat(calibration.malignancyBias()).isZero();
        assertThat(CalibrationFit.of(List.of(), TARGET)).isEqualTo(Calibration.NONE);
    }

    @Test
    void fitsTheSubtypeToMalignantImagesOnly() {
        List<LabelledLogits> malignant = List.of(
                new LabelledLogits(new float[] {0, 1}, new float[] {2, 0, 0}, SmearClass.EARLY_PRE_B, 1),
                new LabelledLogits(new float[] {1, 0}, new float[] {0, 2, 0}, SmearClass.PRE_B, 2),
                new LabelledLogits(new float[] {0, 3}, new float[] {0, 1, 0}, SmearClass.PRO_B, 3));
        LabelledLogits benign = new LabelledLogits(new float[] {2, 0}, new float[] {0, 0, 99}, SmearClass.BENIGN, 4);

        List<LabelledLogits> all =
                Stream.concat(malignant.stream(), Stream.of(benign)).toList();

        assertThat(CalibrationFit.of(all, TARGET).subtypeTemperature())
                .isEqualTo(CalibrationFit.of(malignant, TARGET).subtypeTemperature());
    }

    private static List<LabelledLogits> images(int benign, double low, int malignant, double high) {
        return Stream.concat(
                        DoubleStream.generate(() -> low).limit(benign).mapToObj(logOdds -> image(logOdds, false)),
                        DoubleStream.generate(() -> high).limit(malignant).mapToObj(logOdds -> image(logOdds, true)))
                .toList();
    }

    private static LabelledLogits image(double logOdds, boolean malignant) {
        return new LabelledLogits(
                new float[] {0, (float) logOdds},
                new float[] {0, 1, 0},
                malignant ? SmearClass.PRE_B : SmearClass.BENIGN,
                0);
    }
}
