package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.Smears;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.SmearImage;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ViewTest {

    private final SmearImage smear;

    ViewTest() throws Exception {
        smear = new ImageDecoder(ImageLimits.DEFAULT).decode(Smears.png(Smears.preB(1)));
    }

    @ParameterizedTest
    @EnumSource
    void aCopyIsChangedInTheSameWayEachTimeAndAnotherCopyInAnother(View view) {
        byte[] copy = view.of(smear, 0).rgb();

        assertThat(copy).isNotEqualTo(smear.rgb()).isEqualTo(view.of(smear, 0).rgb());
        assertThat(view.of(smear, 1).rgb()).isNotEqualTo(copy);
    }

    @Test
    void anImageIsShownInEachChangeBeforeOneComesAgain() {
        for (String sha256 : new String[] {"a", "b", "0f", smear.sha256()}) {
            Set<View> seen = EnumSet.noneOf(View.class);
            for (int copy = 0; copy < View.values().length; copy++) {
                seen.add(View.of(sha256, copy));
            }
            assertThat(seen).containsExactly(View.values());
        }
    }

    @Test
    void noiseHasNoMeanAndADeviationInItsRange() {
        float[] rgb = new float[3 * SmearImage.SIDE * SmearImage.SIDE];
        View.NOISE.change(rgb, new Random(1));
        double mean = 0;
        double square = 0;
        for (float sample : rgb) {
            mean += sample / rgb.length;
            square += sample * sample / rgb.length;
        }

        assertThat(mean).isCloseTo(0, within(0.3));
        assertThat(Math.sqrt(square)).isBetween(4.9, 30.1);
    }

    @Test
    void aBlurSpreadsAPointAndKeepsItsLight() {
        float[] rgb = new float[3 * SmearImage.SIDE * SmearImage.SIDE];
        rgb[3 * (100 * SmearImage.SIDE + 100)] = 200;
        View.BLUR.change(rgb, new Random(2));
        double light = 0;
        for (float sample : rgb) {
            light += sample;
        }

        assertThat(light).isCloseTo(200, within(0.01));
        assertThat(rgb[3 * (100 * SmearImage.SIDE + 100)]).isLessThan(40);
        assertThat(rgb[3 * (100 * SmearImage.SIDE + 101)])
                .isCloseTo(rgb[3 * (99 * SmearImage.SIDE + 100)], within(1e-4f));
    }

    @Test
    void aPointOutOfFocusIsAnEvenDisc() {
        float[] rgb = new float[3 * SmearImage.SIDE * SmearImage.SIDE];
        rgb[3 * (100 * SmearImage.SIDE + 100)] = 200;
        View.DEFOCUS.change(rgb, new Random(2));
        float centre = rgb[3 * (100 * SmearImage.SIDE + 100)];
        int lit = 0;
        for (float sample : rgb) {
            if (sample > 0) {
                assertThat(sample).isEqualTo(centre);
                lit++;
            }
        }

        assertThat(lit * centre).isCloseTo(200, within(0.01f));
        assertThat(lit).isBetween(9, 49);
    }

    @Test
    void anotherMagnificationKeepsTheCentreAndMovesWhatIsAroundIt() {
        float[] ramp = new float[3 * SmearImage.SIDE * SmearImage.SIDE];
        for (int i = 0; i < SmearImage.SIDE * SmearImage.SIDE; i++) {
            ramp[3 * i] = i % SmearImage.SIDE;
        }
        for (int seed = 0; seed < 8; seed++) {
            float[] zoomed = ramp.clone();
            View.ZOOM.change(zoomed, new Random(seed));
            int row = 100 * SmearImage.SIDE;
            double factor = 50 / (zoomed[3 * (row + 137)] - zoomed[3 * (row + 87)]);

            assertThat(factor).isBetween(0.74, 1.34);
            assertThat((zoomed[3 * (row + 111)] + zoomed[3 * (row + 112)]) / 2).isCloseTo(111.5f, within(0.01f));
            assertThat(zoomed[3 * row]).isBetween(0f, 40f);
        }
    }

    @Test
    void saturationMovesColoursFromTheirGreyAndKeepsIt() {
        float[] pale = {200, 100, 150};
        View.PALE.change(pale, new Random(3));
        float[] strong = {200, 100, 150};
        View.SATURATED.change(strong, new Random(3));

        assertThat((pale[0] + pale[1] + pale[2]) / 3).isCloseTo(150, within(0.01f));
        assertThat(pale[0]).isBetween(175f, 195f);
        assertThat(strong[0]).isBetween(205f, 230f);
    }

    @ParameterizedTest
    @EnumSource
    void theScaleBarIsHiddenBeforeASymmetryCanMoveIt(View view) {
        byte[] marked = new byte[3 * SmearImage.SIDE * SmearImage.SIDE];
        Arrays.fill(marked, (byte) 230);
        for (int y = 192; y < SmearImage.SIDE; y++) {
            Arrays.fill(marked, 3 * (y * SmearImage.SIDE + 176), 3 * (y + 1) * SmearImage.SIDE, (byte) 0);
        }
        SmearImage withBar = SmearImage.ofRgb(marked, SmearImage.SIDE, SmearImage.SIDE);
        for (int copy = 0; copy < 8; copy++) {
            for (byte sample : view.of(withBar, copy).rgb()) {
                assertThat(sample & 0xFF).isGreaterThan(60);
            }
        }
    }
}
