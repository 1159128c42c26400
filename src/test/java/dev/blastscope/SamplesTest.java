package dev.blastscope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.SmearImage;
import dev.blastscope.prediction.SmearClass;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pictures in {@code samples/} are what {@link Smears} draws, but for the losses of JPEG. */
class SamplesTest {

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource({"benign.jpg, BENIGN", "early-pre-b.jpg, EARLY_PRE_B", "pre-b.jpg, PRE_B", "pro-b.jpg, PRO_B"})
    void samplesAreDrawings(String file, SmearClass smearClass) throws Exception {
        byte[] jpeg = Files.readAllBytes(Path.of("samples", file));
        SmearImage drawn = decoder.decode(Smears.png(Smears.draw(smearClass, 1)));

        assertThat(jpeg).hasSizeLessThan(40_000);
        assertThat(meanDifference(decoder.decode(jpeg).rgb(), drawn.rgb())).isLessThan(6);
    }

    private static double meanDifference(byte[] some, byte[] others) {
        long sum = 0;
        for (int i = 0; i < some.length; i++) {
            sum += Math.abs((some[i] & 0xFF) - (others[i] & 0xFF));
        }
        return (double) sum / some.length;
    }
}
