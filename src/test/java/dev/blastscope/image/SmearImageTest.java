package dev.blastscope.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.blastscope.Smears;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

class SmearImageTest {

    private static final int SIDE = SmearImage.SIDE;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @Test
    void theScaleBarsCornerIsFilledWithTheMeanColourAndNothingElseChanges() throws ImageRejected {
        SmearImage image = decoder.decode(Smears.png(Smears.preB(1)));
        byte[] before = image.rgb();
        byte[] after = image.withoutScaleBar().rgb();

        long[] sums = new long[3];
        for (int i = 0; i < before.length; i++) {
            sums[i % 3] += before[i] & 0xFF;
        }
        for (int i = 0; i < before.length; i++) {
            boolean corner = i / 3 % SIDE >= 176 && i / 3 / SIDE >= 192;
            assertThat(after[i]).isEqualTo(corner ? (byte) (sums[i % 3] / (SIDE * SIDE)) : before[i]);
        }
    }

    @Test
    void withoutItsScaleBarAnImageStillKnowsItsSource() throws ImageRejected {
        byte[] jpeg = Smears.jpeg(Smears.benign(2, 320, 240));
        SmearImage image = decoder.decode(jpeg).withoutScaleBar();

        assertThat(image.sourceWidth()).isEqualTo(320);
        assertThat(image.sourceHeight()).isEqualTo(240);
        assertThat(image.format()).isEqualTo(ImageFormat.JPEG);
        assertThat(image.sha256()).isEqualTo(DigestUtils.sha256Hex(jpeg)).matches("[0-9a-f]{64}");
    }

    @Test
    void itsPixelsCannotBeChangedFromOutside() {
        byte[] rgb = new byte[SIDE * SIDE * 3];
        SmearImage image = SmearImage.ofRgb(rgb, SIDE, SIDE);
        rgb[0] = 1;
        image.rgb()[1] = 1;

        assertThat(image.rgb()).containsOnly(0);
    }

    @Test
    void rawPixelsAreSquashedLikeAnyUpload() throws ImageRejected {
        byte[] rgb = decoder.decode(Smears.png(Smears.proB(3))).rgb();
        byte[] taller = Arrays.copyOf(rgb, rgb.length * 2);
        System.arraycopy(rgb, 0, taller, rgb.length, rgb.length);

        assertThat(SmearImage.ofRgb(rgb, SIDE, SIDE).rgb()).isEqualTo(rgb);
        assertThat(SmearImage.ofRgb(taller, SIDE, 2 * SIDE).rgb())
                .hasSize(rgb.length)
                .isNotEqualTo(rgb);
    }

    @Test
    void rawPixelsMustFillTheirSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmearImage.ofRgb(new byte[12], 2, 3))
                .withMessage("12 samples are not an RGB image of 2 x 3 pixels");
        assertThatIllegalArgumentException().isThrownBy(() -> SmearImage.ofRgb(new byte[0], 0, 3));
    }

    @Test
    void theThumbnailHas32x32GreysIn0To255() throws ImageRejected {
        float[] greys = decoder.decode(Smears.png(Smears.earlyPreB(1))).greyThumbnail();

        assertThat(greys).hasSize(1024);
        for (float grey : greys) {
            assertThat(grey).isBetween(0f, 255f);
        }
    }
}
