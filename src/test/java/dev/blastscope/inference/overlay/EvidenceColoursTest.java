package dev.blastscope.inference.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceColoursTest {

    @Test
    void runFromBlueThroughWhiteToOrangeAndStayThereBeyondTheEnds() {
        assertThat(EvidenceColours.of(-1)).isEqualTo(0x053061);
        assertThat(EvidenceColours.of(0)).isEqualTo(0xF7F7F7);
        assertThat(EvidenceColours.of(1)).isEqualTo(0x7F3B08);
        assertThat(EvidenceColours.of(-3)).isEqualTo(EvidenceColours.of(-1));
        assertThat(EvidenceColours.of(3)).isEqualTo(EvidenceColours.of(1));
    }

    @Test
    void strongerEvidenceIsDarkerOnEitherSide() {
        for (int step = 1; step <= 20; step++) {
            assertThat(level(EvidenceColours.of(step / 20.0))).isLessThan(level(EvidenceColours.of((step - 1) / 20.0)));
            assertThat(level(EvidenceColours.of(-step / 20.0)))
                    .isLessThan(level(EvidenceColours.of((1 - step) / 20.0)));
        }
    }

    /** Dichromats' sight by the matrices of Machado et al. 2009 (IEEE TVCG 15), severity 1, on linear light. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "protanopia, '.152286 1.052583 -.204868 .114503 .786281 .099216 -.003882 -.048116 1.051998'",
        "deuteranopia, '.367322 .860646 -.227968 .280085 .672501 .047413 -.011820 .042940 .968881'",
        "tritanopia, '1.255528 -.076749 -.178779 -.078411 .930809 .147602 .004733 .691367 .303900'"
    })
    void colourBlindPeopleTellTheSignOfEvidence(String sight, String matrix) {
        double[] rows = Arrays.stream(matrix.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        for (int step = 4; step <= 10; step++) {
            double[] benign = seen(EvidenceColours.of(-step / 10.0), rows);
            double[] malignant = seen(EvidenceColours.of(step / 10.0), rows);
            double distance = 0;
            for (int channel = 0; channel < 3; channel++) {
                distance += Math.pow(benign[channel] - malignant[channel], 2);
            }
            // 2.3 is just noticeable; the CIE's L*a*b* of the two differ by many times that.
            assertThat(Math.sqrt(distance)).as("%s at %d tenths", sight, step).isGreaterThan(23);
        }
    }

    @Test
    void noEvidenceLeavesTheSmearGreyAndAllOfItShowsThrough() {
        assertThat(EvidenceColours.over(0xC040A0, 0)).isEqualTo(EvidenceColours.grey(0xC040A0));
        assertThat(EvidenceColours.over(0x000000, 1)).isNotEqualTo(EvidenceColours.over(0xFFFFFF, 1));
    }

    private static int level(int rgb) {
        return EvidenceColours.grey(rgb) & 0xFF;
    }

    /** L*a*b* of a colour as it is seen. */
    private static double[] seen(int rgb, double[] matrix) {
        double[] linear = {linear(rgb >> 16 & 0xFF), linear(rgb >> 8 & 0xFF), linear(rgb & 0xFF)};
        double[] seen = new double[3];
        for (int row = 0; row < 3; row++) {
            double sum = 0;
            for (int column = 0; column < 3; column++) {
                sum += matrix[3 * row + column] * linear[column];
            }
            seen[row] = Math.max(0, Math.min(1, sum));
        }
        double x = root((.4124 * seen[0] + .3576 * seen[1] + .1805 * seen[2]) / .9505);
        double y = root(.2126 * seen[0] + .7152 * seen[1] + .0722 * seen[2]);
        double z = root((.0193 * seen[0] + .1192 * seen[1] + .9505 * seen[2]) / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double linear(int level) {
        double share = level / 255.0;
        return share <= .04045 ? share / 12.92 : Math.pow((share + .055) / 1.055, 2.4);
    }

    private static double root(double value) {
        return value > .008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116.0;
    }
}
