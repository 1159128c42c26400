package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.prediction.Probabilities;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 4})
    void findsTheTemperatureThatTheLogitsWereMultipliedBy(double temperature) {
        HeadLogits head = calibrated(4_000, temperature);

        assertThat(Temperature.of(head)).isCloseTo(temperature, within(0.08 * temperature));
    }

    @Test
    void findsTheLowestNegativeLogLikelihoodOfAGrid() {
        HeadLogits head = calibrated(120, 2.5);
        double best = Temperature.of(head);

        for (double factor = 0.9; factor < 1.1; factor += 0.01) {
            assertThat(negativeLogLikelihood(head, best))
                    .isLessThanOrEqualTo(negativeLogLikelihood(head, best * factor));
        }
    }

    @Test
    void claimsNoMoreThanImagesWithoutAnErrorCanShow() {
        // 100 images, all told apart by the same margin: the target is (100 + 1) / (100 + 2).
        float[][] logits = IntStream.range(0, 100)
                .mapToObj(image -> image < 50 ? new float[] {8, 0} : new float[] {0, 8})
                .toArray(float[][]::new);
        int[] truth = IntStream.range(0, 100).map(image -> image / 50).toArray();

        double temperature = Temperature.of(new HeadLogits(logits, truth));

        assertThat(Probabilities.softmax(logits[0], temperature)[0]).isCloseTo(101.0 / 102, within(1e-9));
    }

    @Test
    void staysInItsRangeWhereNoTemperatureIsBest() {
        float[][] tiny = {{1e-6f, 0}, {0, 1e-6f}};
        float[][] allWrong = {{0, 9}, {9, 0}};
        int[] truth = {0, 1};

        assertThat(Temperature.of(new HeadLogits(tiny, truth))).isCloseTo(0.05, within(1e-9));
        assertThat(Temperature.of(new HeadLogits(allWrong, truth))).isCloseTo(20, within(1e-9));
    }

    @Test
    void isOneWhereThereIsNothingToFit() {
        HeadLogits oneClass = new HeadLogits(new float[][] {{3, 0}, {2, 0}}, new int[] {0, 0});
        HeadLogits equal = new HeadLogits(new float[][] {{3, 3}, {2, 2}}, new int[] {0, 1});

        assertThat(Temperature.of(oneClass)).isEqualTo(1);
        assertThat(Temperature.of(equal)).isEqualTo(1);
    }

    /** Three classes, drawn from softmax(z), with logits z * temperature. */
    private static HeadLogits calibrated(int images, double temperature) {
        Random random = new Random(3);
        float[][] logits = new float[images][3];
        int[] truth = new int[images];
        for (int image = 0; image < images; image++) {
            for (int c = 0; c < 3; c++) {
                logits[image][c] = (float) (2 * random.nextGaussian());
            }
            double[] probabilities = Probabilities.softmax(logits[image], 1);
            double draw = random.nextDouble();
            truth[image] = draw < probabilities[0] ? 0 : draw < probabilities[0] + probabilities[1] ? 1 : 2;
            for (int c = 0; c < 3; c++) {
                logits[image][c] *= (float) temperature;
            }
        }
        return new HeadLogits(logits, truth);
    }

    private static double negativeLogLikelihood(HeadLogits head, double temperature) {
        double sum = 0;
        for (int image = 0; image < head.images(); image++) {
            double[] probabilities = Probabilities.softmax(head.logits(image), temperature);
            int n = head.images();
            for (int c = 0; c < probabilities.length; c++) {
                double target = (c == head.truth(image) ? n + 1.0 : 1.0) / (n + probabilities.length);
                sum -= target * Math.log(probabilities[c]);
            }
        }
        return sum;
    }
}
