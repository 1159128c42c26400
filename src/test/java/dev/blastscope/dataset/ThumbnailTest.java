package dev.blastscope.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThumbnailTest {

    @Test
    void correlatesAsPearsonSays() {
        Random random = new Random(1);
        for (int round = 0; round < 20; round++) {
            float[] a = Fingerprints.noise(random.nextLong());
            float[] b = Fingerprints.noise(random.nextLong());
            for (int i = 0; i < a.length; i++) {
                b[i] += round * a[i] / 4;
            }

            assertThat((double) Thumbnail.of(a).correlation(Thumbnail.of(b))).isCloseTo(pearson(a, b), within(1e-6));
        }
    }

    @Test
    void seesNoDifferenceInBrightnessAndContrast() {
        float[] a = Fingerprints.noise(2);
        float[] brighter = new float[a.length];
        float[] inverted = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            brighter[i] = 40 + a[i] / 2;
            inverted[i] = 255 - a[i];
        }

        assertThat(Thumbnail.of(a).correlation(Thumbnail.of(brighter))).isCloseTo(1, within(1e-5f));
        assertThat(Thumbnail.of(a).correlation(Thumbnail.of(inverted))).isCloseTo(-1, within(1e-5f));
    }

    @Test
    void blankPicturesResembleNothing() {
        float[] grey = new float[1024];
        Arrays.fill(grey, 0.1f);
        Thumbnail blank = Thumbnail.of(grey);
        Thumbnail black = Thumbnail.of(new float[1024]);

        assertThat(blank.correlation(blank)).isZero();
        assertThat(blank.correlation(black)).isZero();
        assertThat(black.correlation(Thumbnail.of(Fingerprints.noise(3)))).isZero();
    }

    @Test
    void hasOneSize() {
        assertThatIllegalArgumentException().isThrownBy(() -> Thumbnail.of(new float[1023]));
    }

    private static double pearson(float[] a, float[] b) {
        double meanA = 0;
        double meanB = 0;
        for (int i = 0; i < a.length; i++) {
            meanA += a[i] / (double) a.length;
            meanB += b[i] / (double) b.length;
        }
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }
}
