package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.image.SmearImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private static final int SIDE = SmearImage.SIDE;

    /** Brighter to the right in red, brighter downwards in green: the corners tell where an image was turned. */
    private final SmearImage gradient = gradient();

    @Test
    void showsEachOfTheEightSymmetriesOfTheSquare() {
        Set<String> seen = new HashSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            seen.add(orientation(Augmentation.changed(gradient, random)));
        }

        assertThat(seen).hasSize(8);
    }

    @Test
    void movesPixelsAndNeverMixesThem() {
        // What becomes of a value depends on the value alone, so that no new ones appear.
        SmearImage changed = Augmentation.changed(gradient, new Random(3));

        assertThat(values(changed, 0))
                .hasSizeLessThanOrEqualTo(values(gradient.withoutScaleBar(), 0).size());
        assertThat(changed.rgb()).hasSameSizeAs(gradient.rgb());
    }

    @Test
    void keepsGainAndGammaWithinTheirLimits() {
        SmearImage grey = flat(128);
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            byte[] rgb = Augmentation.changed(grey, random).rgb();
            for (int channel = 0; channel < 3; channel++) {
                double lowest = 255 * 0.85 * Math.pow(128 / 255.0, 1.25);
                double highest = 255 * 1.15 * Math.pow(128 / 255.0, 0.8);
                assertThat(rgb[channel] & 0xff).isBetween((int) lowest, (int) highest + 1);
            }
        }
    }

    @Test
    void neverWrapsABrightPixelRoundToDark() {
        Random random = new Random(3);
        for (int i = 0; i < 50; i++) {
            assertThat(Augmentation.changed(flat(255), random).rgb()[0] & 0xff)
                    .isGreaterThanOrEqualTo((int) (255 * 0.85));
        }
    }

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(Augmentation.changed(gradient, new Random(5)).rgb())
                .isEqualTo(Augmentation.changed(gradient, new Random(5)).rgb())
                .isNotEqualTo(Augmentation.changed(gradient, new Random(6)).rgb());
    }

    @Test
    void hidesTheScaleBarBeforeItTurns() {
        byte[] withBar = gradient.rgb().clone();
        for (int y = SIDE - 10; y < SIDE - 5; y++) {
            for (int x = SIDE - 30; x < SIDE - 5; x++) {
                withBar[3 * (y * SIDE + x)] = 0;
            }
        }
        SmearImage marked = SmearImage.ofRgb(withBar, SIDE, SIDE);
        assertThat(marked.withoutScaleBar().rgb())
                .as("the bar is all that differs")
                .satisfies(hidden -> assertThat(
                                difference(hidden, gradient.withoutScaleBar().rgb()))
                        .isLessThan(1));

        Random some = new Random(4);
        Random others = new Random(4);
        for (int i = 0; i < 16; i++) {
            assertThat(difference(
                            Augmentation.changed(marked, some).rgb(),
                            Augmentation.changed(gradient, others).rgb()))
                    .isLessThan(1);
        }
    }

    /** The mean difference of a value, in grey levels. */
    private static double difference(byte[] some, byte[] others) {
        double sum = 0;
        for (int i = 0; i < some.length; i++) {
            sum += Math.abs((some[i] & 0xff) - (others[i] & 0xff));
        }
        return sum / some.length;
    }

    /** How red and green rise from left to right and from top to bottom. */
    private static String orientation(SmearImage image) {
        return slopes(image, 0) + slopes(image, 1);
    }

    private static String slopes(SmearImage image, int channel) {
        // Off the corner itself, where the hidden scale bar is.
        int near = SIDE / 4;
        int far = SIDE - 1 - near;
        return compare(image, channel, near, near, far, near) + compare(image, channel, near, near, near, far);
    }

    private static String compare(SmearImage image, int channel, int x1, int y1, int x2, int y2) {
        return Integer.toString(Integer.signum(value(image, channel, x1, y1) - value(image, channel, x2, y2)));
    }

    private static int value(SmearImage image, int channel, int x, int y) {
        return image.rgb()[3 * (y * SIDE + x) + channel] & 0xff;
    }

    private static Set<Byte> values(SmearImage image, int channel) {
        Set<Byte> values = new HashSet<>();
        byte[] rgb = image.rgb();
        for (int i = channel; i < rgb.length; i += 3) {
            values.add(rgb[i]);
        }
        return values;
    }

    private static SmearImage flat(int grey) {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        Arrays.fill(rgb, (byte) grey);
        return SmearImage.ofRgb(rgb, SIDE, SIDE);
    }

    private static SmearImage gradient() {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                rgb[3 * (y * SIDE + x)] = (byte) (x / 2 + 40);
                rgb[3 * (y * SIDE + x) + 1] = (byte) (y / 2 + 40);
                rgb[3 * (y * SIDE + x) + 2] = 90;
            }
        }
        return SmearImage.ofRgb(rgb, SIDE, SIDE);
    }
}
