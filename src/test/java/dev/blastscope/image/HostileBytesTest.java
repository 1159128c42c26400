package dev.blastscope.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.blastscope.image.ImageRejected.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to a file, what comes out is an image or a refusal. */
class HostileBytesTest {

    private static final int MUTATIONS = 300;

    private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(1 << 20, 4_000_000, 4096, 16));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01-baseline.jpg",
                "02-progressive.jpg",
                "09-ycck-adobe.jpg",
                "26-orientation-6.jpg",
                "46-palette-transparent.png",
                "50-interlaced.png",
                "61-lzw.tif",
                "62-deflate.tif",
                "66-fax-group-4.tif",
                "70-jpeg-inside.tif",
                "75-planar.tif",
                "81-interlaced.gif",
                "82-animated.gif",
                "90-rgb-565.bmp",
                "91-rle-8.bmp"
            })
    void changedBytesGiveAnImageOrARefusal(String file) throws IOException {
        byte[] original = Files.readAllBytes(Path.of("src/test/resources/images/awkward", file));
        Random random = new Random(20);
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = mutated(original, random);
            try {
                assertThat(decoder.decode(bytes).rgb()).hasSize(224 * 224 * 3);
            } catch (ImageRejected rejected) {
                reasons.add(rejected.reason());
            } catch (RuntimeException | Error e) {
                fail("mutation " + i + " of " + file, e);
            }
        }
        assertThat(reasons).contains(Reason.TRUNCATED, Reason.DAMAGED);
    }

    /** Headers are where a wrong byte does most harm, so half of the changes are made near the beginning. */
    private static byte[] mutated(byte[] original, Random random) {
        int length = random.nextInt(5) == 0 ? random.nextInt(original.length) + 1 : original.length;
        byte[] bytes = Arrays.copyOf(original, length);
        int reach = random.nextBoolean() ? Math.min(200, length) : length;
        for (int changes = random.nextInt(6); changes > 0; changes--) {
            bytes[random.nextInt(reach)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        for (String file : new String[] {"01-baseline.jpg", "45-palette.png", "80-plain.gif", "91-rle-8.bmp"}) {
            byte[] whole = Files.readAllBytes(Path.of("src/test/resources/images/awkward", file));
            for (int length = 0; length < whole.length - 2; length += 37) {
                byte[] cut = Arrays.copyOf(whole, length);
                try {
                    decoder.decode(cut);
                    fail(file + " cut to " + length + " of " + whole.length + " bytes was accepted");
                } catch (ImageRejected rejected) {
                    assertThat(rejected.reason()).isNotEqualTo(Reason.UNSUPPORTED_PIXELS);
                }
            }
        }
    }
}
