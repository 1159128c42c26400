package dev.blastscope.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Photographs from many cameras come out exactly as Pillow 9.4 decodes and squashes them. */
@EnabledIfEnvironmentVariable(
        named = "BLASTSCOPE_DATA",
        matches = ".+",
        disabledReason = "needs the real images: set BLASTSCOPE_DATA to their folder")
class RealImagesIT {

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @ParameterizedTest(name = "{1} images of {0}")
    @CsvSource({
        "all/benign, 428, 5a331b6712899fec",
        "all/early_pre_b, 837, 7130cf4f872fe93c",
        "all/pre_b, 819, 46ecdad0df104759",
        "all/pro_b, 683, f8fa1f03a5607256",
        "large, 3, c4d0ba07bf6ea535",
        "ood/photographs, 60, 9076c8721a083267",
        "ood/single_cells, 64, ffdf5d44fabb6d8a",
        "ood/other_smears, 40, a717cb607d80d9e9"
    })
    void equalPillowBitForBit(String folder, int count, String digest) throws Exception {
        Path images = Path.of(System.getenv("BLASTSCOPE_DATA"), folder);
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.list(images)) {
            List<Path> sorted = files.sorted().toList();
            assertThat(sorted).hasSize(count);
            for (Path file : sorted) {
                pixels.writeBytes(decoder.decode(Files.readAllBytes(file)).rgb());
            }
        }
        assertThat(DigestUtils.sha256Hex(pixels.toByteArray())).startsWith(digest);
    }
}
