package dev.blastscope.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.Smears;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhiteReferenceTest {

    private static final int SIDE = SmearImage.SIDE;
    private static final int[] WHITE = {250, 255, 252};

    @Test
    void aFieldInTheTrainingsLightStaysAsItIs() {
        SmearImage image = field(1, 1, 1);

        assertThat(image.whiteReference()).isEqualTo(new WhiteReference(1, 1, 1));
        assertThat(shown(image)).isEqualTo(image.withoutScaleBar().rgb());
    }

    @ParameterizedTest
    @CsvSource({"0.7, 0.7, 0.7", "0.9, 0.9, 0.9", "1, 0.9, 0.75", "0.6, 0.8, 1"})
    void aDimmerOrColouredLampIsMadeGoodToTheRounding(double red, double green, double blue) {
        WhiteReference gains = field(red, green, blue).whiteReference();
        assertThat(gains.red()).isCloseTo(1 / red, within(0.005));
        assertThat(gains.green()).isCloseTo(1 / green, within(0.005));
        assertThat(gains.blue()).isCloseTo(1 / blue, within(0.005));

        byte[] bright = shown(field(1, 1, 1));
        byte[] restored = shown(field(red, green, blue));
        for (int i = 0; i < bright.length; i++) {
            assertThat(restored[i] & 0xFF).isCloseTo(bright[i] & 0xFF, within(1));
        }
    }

    @Test
    void theLightOfADrawnSmearIsTheSameWhateverTheLamp() throws ImageRejected {
        byte[] rgb = new ImageDecoder(ImageLimits.DEFAULT)
                .decode(Smears.png(Smears.benign(1)))
                .rgb();
        byte[] dim = new byte[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            dim[i] = (byte) Math.round(0.7 * (rgb[i] & 0xFF));
        }
        byte[] bright = shown(SmearImage.ofRgb(rgb, SIDE, SIDE));
        byte[] restored = shown(SmearImage.ofRgb(dim, SIDE, SIDE));
        for (int i = 0; i < rgb.length; i++) {
            assertThat(restored[i] & 0xFF).isCloseTo(bright[i] & 0xFF, within(3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60})
    void noGainIsAboveTwoHoweverDarkTheImage(int level) {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        Arrays.fill(rgb, (byte) level);

        assertThat(SmearImage.ofRgb(rgb, SIDE, SIDE).whiteReference()).isEqualTo(new WhiteReference(2, 2, 2));
    }

    @Test
    void theCornerOfTheScaleBarDoesNotCount() {
        byte[] rgb = field(0.5, 0.5, 0.5).rgb();
        for (int y = 192; y < SIDE; y++) {
            for (int i = 3 * (y * SIDE + 176); i < 3 * (y + 1) * SIDE; i++) {
                rgb[i] = (byte) 255;
            }
        }
        assertThat(SmearImage.ofRgb(rgb, SIDE, SIDE).whiteReference())
                .isEqualTo(field(0.5, 0.5, 0.5).whiteReference());
    }

    /** What the network is shown, in levels. */
    private static byte[] shown(SmearImage image) {
        float[] levels = new float[256];
        for (int level = 0; level < levels.length; level++) {
            levels[level] = level;
        }
        float[] shown = new float[3 * SIDE * SIDE];
        for (int channel = 0; channel < 3; channel++) {
            image.show(channel, levels, shown, channel, 3);
        }
        byte[] rgb = new byte[shown.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (int) shown[i];
        }
        return rgb;
    }

    /** A fifth of background and the rest cells, under a lamp of this colour. */
    private static SmearImage field(double red, double green, double blue) {
        double[] lamp = {red, green, blue};
        int[] cell = {120, 60, 140};
        byte[] rgb = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < rgb.length; i++) {
            int[] colour = i / 3 % 5 == 0 ? WHITE : cell;
            rgb[i] = (byte) Math.round(colour[i % 3] * lamp[i % 3]);
        }
        return SmearImage.ofRgb(rgb, SIDE, SIDE);
    }
}
