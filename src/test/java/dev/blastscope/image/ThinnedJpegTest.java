package dev.blastscope.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Smears;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinnedJpegTest {

    /** APP1 with an Exif block that says orientation 6: stored lying on its right side. */
    private static final byte[] TURNED = HexFormat.of()
            .parseHex("ffe10022" + "457869660000" + "4d4d002a00000008" + "0001" + "0112000300000001" + "00060000"
                    + "00000000");

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    /** The same file, lying on its right side. */
    static byte[] turned(byte[] jpeg) {
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(jpeg, 0, 2);
        turned.writeBytes(TURNED);
        turned.write(jpeg, 2, jpeg.length - 2);
        return turned.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "224, 224, 1",
        "1024, 768, 1",
        "4000, 2687, 1",
        "4000, 2688, 3",
        "5500, 4479, 3",
        "4480, 4480, 5",
        "300, 9000, 1"
    })
    void atLeastFourSamplesAreLeftForEachPixel(int width, int height, int step) {
        assertThat(JpegFile.step(width, height)).isEqualTo(step);
    }

    @Test
    void aFrameFarLargerThanNeededLooksTheSameToAGreyLevel() throws Exception {
        byte[] jpeg = Smears.jpeg(Smears.preB(5, 3000, 2700));

        SmearImage thinned = decoder.decode(jpeg);
        SmearImage whole = SmearImage.ofRgb(samples(jpeg), 3000, 2700);

        assertThat(meanDifference(thinned.rgb(), whole.rgb())).isPositive().isLessThan(1);
        assertThat(thinned.sourceWidth()).isEqualTo(3000);
        assertThat(thinned.sourceHeight()).isEqualTo(2700);
    }

    @Test
    void aTurnedFrameIsToldByItsUprightSides() throws Exception {
        SmearImage image = decoder.decode(turned(Smears.jpeg(Smears.preB(5, 3000, 2700))));

        assertThat(image.sourceWidth()).isEqualTo(2700);
        assertThat(image.sourceHeight()).isEqualTo(3000);
    }

    private static byte[] samples(byte[] jpeg) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        byte[] samples = new byte[3 * rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            samples[3 * i] = (byte) (rgb[i] >> 16);
            samples[3 * i + 1] = (byte) (rgb[i] >> 8);
            samples[3 * i + 2] = (byte) rgb[i];
        }
        return samples;
    }

    private static double meanDifference(byte[] one, byte[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs((one[i] & 0xff) - (other[i] & 0xff));
        }
        return sum / one.length;
    }
}
