package dev.blastscope.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.Smears;
import dev.blastscope.image.ImageRejected.Reason;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageDecoderTest {

    private static final byte[] PNG = Smears.png(Smears.preB(5, 100, 80));

    @Test
    void anImageExactlyAtEveryLimitIsAccepted() throws ImageRejected {
        SmearImage image = new ImageDecoder(new ImageLimits(PNG.length, 8000, 100, 80)).decode(PNG);

        assertThat(image.sourceWidth()).isEqualTo(100);
        assertThat(image.sourceHeight()).isEqualTo(80);
    }

    @Test
    void oneByteTooManyIsRefused() {
        assertRefused(
                new ImageLimits(PNG.length - 1, 8000, 100, 80),
                Reason.TOO_MANY_BYTES,
                String.format("The file has %,d bytes; at most %,d are accepted.", PNG.length, PNG.length - 1));
    }

    @Test
    void onePixelTooManyIsRefused() {
        assertRefused(
                new ImageLimits(PNG.length, 7999, 100, 80),
                Reason.TOO_MANY_PIXELS,
                "The image is 100 x 80 = 8,000 pixels; at most 7,999 are accepted.");
    }

    @Test
    void aSideOnePixelTooLongIsRefused() {
        assertRefused(
                new ImageLimits(PNG.length, 8000, 99, 80),
                Reason.SIDE_TOO_LONG,
                "The image is 100 x 80 pixels; a side of at most 99 is accepted.");
    }

    @Test
    void aSideOnePixelTooShortIsRefused() {
        assertRefused(
                new ImageLimits(PNG.length, 8000, 100, 81),
                Reason.TOO_SMALL,
                "The image is 100 x 80 pixels; sides of at least 81 are needed.");
    }

    @Test
    void whatIsNotAnImageIsToldWhatIsAccepted() {
        assertThatExceptionOfType(ImageRejected.class)
                .isThrownBy(() ->
                        new ImageDecoder(ImageLimits.DEFAULT).decode("GIF88a".getBytes(StandardCharsets.US_ASCII)))
                .withMessageEndingWith("Send one of: JPEG, PNG, BMP, TIFF, GIF.")
                .extracting(ImageRejected::reason)
                .isEqualTo(Reason.NOT_AN_IMAGE);
    }

    @Test
    void aPictureIsTheImageItself() throws ImageRejected {
        BufferedImage drawn = Smears.preB(5, 100, 80);
        BufferedImage picture = new ImageDecoder(ImageLimits.DEFAULT).picture(PNG, 100);

        assertThat(picture.getWidth()).isEqualTo(100);
        assertThat(picture.getHeight()).isEqualTo(80);
        for (int i = 0; i < 8000; i++) {
            assertThat(picture.getRGB(i % 100, i / 100)).isEqualTo(drawn.getRGB(i % 100, i / 100));
        }
    }

    @Test
    void aPictureOfALargerImageIsShrunkWithItsSidesInProportion() throws ImageRejected {
        BufferedImage picture = new ImageDecoder(ImageLimits.DEFAULT).picture(PNG, 50);

        assertThat(picture.getWidth()).isEqualTo(50);
        assertThat(picture.getHeight()).isEqualTo(40);
    }

    @Test
    void aPictureIsUpright() throws ImageRejected {
        byte[] lying = ThinnedJpegTest.turned(Smears.jpeg(Smears.preB(5, 100, 80)));
        BufferedImage picture = new ImageDecoder(ImageLimits.DEFAULT).picture(lying, 2048);

        assertThat(picture.getWidth()).isEqualTo(80);
        assertThat(picture.getHeight()).isEqualTo(100);
    }

    @Test
    void manyThreadsMayShareOneDecoder() throws ImageRejected {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        byte[] jpeg = Smears.jpeg(Smears.proB(8));
        byte[] alone = decoder.decode(jpeg).rgb();

        List<byte[]> together = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return decoder.decode(jpeg).rgb();
                    } catch (ImageRejected e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();

        assertThat(together).allSatisfy(rgb -> assertThat(rgb).isEqualTo(alone));
    }

    private static void assertRefused(ImageLimits limits, Reason reason, String rule) {
        assertThatExceptionOfType(ImageRejected.class)
                .isThrownBy(() -> new ImageDecoder(limits).decode(PNG))
                .withMessageStartingWith(rule)
                .extracting(ImageRejected::reason)
                .isEqualTo(reason);
    }
}
