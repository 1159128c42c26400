package dev.blastscope.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Every awkward file in {@code images/awkward} becomes the image, or the refusal, that {@code expected.csv} says. The
 * files were made from a drawing, with Pillow or byte by byte; those below 100 are accepted.
 *
 * <p>The pixels there are the first digits of the SHA-256 of what Pillow 9.4 makes of the file (upright, composited on
 * white, {@code convert("RGB")}, {@code resize((224, 224), BILINEAR)}), but for 31, whose orientation Pillow drops; 51
 * to 54, which Pillow refuses for chunks that carry no pixels; 67, whose palette the JDK rounds a level lower; and 84,
 * where Pillow fills the rest of the screen with the background's colour.
 */
class AwkwardImagesTest {

    private static final Path FOLDER = Path.of("src/test/resources/images/awkward");

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "/images/awkward/expected.csv", numLinesToSkip = 1)
    void becomesAnImageOrARefusal(String file, String outcome, String size, String pixels) throws Exception {
        byte[] bytes = Files.readAllBytes(FOLDER.resolve(file));

        if (size == null) {
            ImageRejected rejected = catchThrowableOfType(ImageRejected.class, () -> decoder.decode(bytes));
            assertThat(rejected.reason().code()).isEqualTo(outcome);
            assertThat(rejected).hasMessageMatching("(?s).+\\. (Send|Save|Export) .+\\.");
            assertThat(rejected.getStackTrace()).isEmpty();
        } else {
            SmearImage image = decoder.decode(bytes);
            assertThat(image.format().label()).isEqualTo(outcome);
            assertThat(image.sourceWidth() + "x" + image.sourceHeight()).isEqualTo(size);
            assertThat(DigestUtils.sha256Hex(image.rgb())).startsWith(pixels);
            assertThat(image.sha256()).isEqualTo(DigestUtils.sha256Hex(bytes));
        }
    }

    @Test
    void noFileIsForgotten() throws IOException {
        List<String> expected = Files.readAllLines(FOLDER.resolve("expected.csv")).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("expected.csv")))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
