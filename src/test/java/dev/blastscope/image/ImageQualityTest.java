package dev.blastscope.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImageQualityTest {

    private static final int SIDE = SmearImage.SIDE;

    private final byte[] rgb = new byte[3 * SIDE * SIDE];

    @Test
    void anEvenGreyFieldHasNoSharpnessAndNoStain() {
        Arrays.fill(rgb, (byte) 200);

        assertThat(quality()).isEqualTo(new ImageQuality(0, 200, 0, 0, 0, 0));
    }

    @Test
    void theSharpnessOfAChequerboardIsEightTimesItsAmplitude() {
        for (int i = 0; i < SIDE * SIDE; i++) {
            Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) ((i / SIDE + i) % 2 == 0 ? 110 : 90));
        }

        assertThat(quality().sharpness()).isCloseTo(80, within(0.01));
    }

    @Test
    void theStainIsTheMeanDistanceOfTheChannels() {
        for (int i = 0; i < SIDE * SIDE; i++) {
            rgb[3 * i] = (byte) (i % 2 == 0 ? 180 : 100);
            rgb[3 * i + 1] = 100;
            rgb[3 * i + 2] = (byte) (i % 2 == 0 ? 220 : 100);
        }

        assertThat(quality().stain()).isCloseTo(60, within(0.5));
    }

    @Test
    void theBrightnessIsThatOfTheBackgroundAndNotOfAFewSpecks() {
        Arrays.fill(rgb, (byte) 90);
        Arrays.fill(rgb, 0, rgb.length / 4, (byte) 230);
        Arrays.fill(rgb, rgb.length / 2, rgb.length / 2 + rgb.length / 50, (byte) 255);

        assertThat(quality().brightness()).isEqualTo(230);
    }

    @Test
    void theCornerOfTheScaleBarDoesNotCount() {
        Arrays.fill(rgb, (byte) 200);
        for (int y = 192; y < SIDE; y++) {
            for (int x = 176; x < SIDE; x++) {
                Arrays.fill(rgb, 3 * (y * SIDE + x), 3 * (y * SIDE + x) + 3, (byte) (x % 2 == 0 ? 0 : 255));
            }
        }

        assertThat(quality()).isEqualTo(new ImageQuality(0, 200, 0, 0, 0, 0));
    }

    private ImageQuality quality() {
        return SmearImage.ofRgb(rgb, SIDE, SIDE).quality();
    }
}
