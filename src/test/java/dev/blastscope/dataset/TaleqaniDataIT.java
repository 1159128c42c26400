package dev.blastscope.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.prediction.SmearClass;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The smears of Taleqani Hospital: what is known of their duplicates is found. */
@EnabledIfEnvironmentVariable(
        named = "BLASTSCOPE_DATA",
        matches = ".+",
        disabledReason = "BLASTSCOPE_DATA names no folder with the Taleqani smears")
class TaleqaniDataIT {

    private static final int SIDE = 224;

    private static List<FingerprintedImage> images = List.of();
    private static List<SmearClass> labels = List.of();
    private static SimilarityGroups groups = SimilarityGroups.of(List.of());

    @BeforeAll
    static void readAndGroup() throws DatasetRejected {
        Dataset dataset = Dataset.read(Path.of(System.getenv("BLASTSCOPE_DATA"), "all"));
        assertThat(dataset.problems()).isEmpty();
        images = dataset.images().parallelStream()
                .map(TaleqaniDataIT::fingerprint)
                .toList();
        labels = images.stream().map(image -> image.image().label()).toList();
        groups = SimilarityGroups.of(images);
    }

    @Test
    void holdFortyExactPairsAndAboutAsManyNearOnes() {
        assertThat(groups.exactDuplicatePairs()).isEqualTo(40);
        assertThat(groups.nearDuplicatePairs()).isBetween(40L, 50L);
        assertThat(Inspection.LabelConflicts.among(images).problems()).isEmpty();
    }

    @Test
    void fallIntoGroupsOfWhichNoneIsATenthOfItsClass() throws DatasetRejected {
        DatasetRules.requireTrainable(groups.groupOf(), labels, List.of());

        assertThat(Split.ImageGroup.gather(groups.groupOf(), labels))
                .hasSizeGreaterThan(100)
                .allSatisfy(group -> assertThat(group.size() / count(group.majority(), labels))
                        .isLessThan(0.1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void splitByTheirFractionsWithoutALeak(long seed) {
        Split grouped = Split.grouped(groups.groupOf(), labels, seed);

        assertThat(leaks(grouped)).isZero();
        assertThat(leaks(Split.random(labels, seed))).isPositive();
        for (Split.Part part : Split.Part.values()) {
            List<SmearClass> inPart =
                    grouped.indices(part).stream().map(labels::get).toList();
            for (SmearClass label : SmearClass.values()) {
                assertThat(count(label, inPart) / count(label, labels)).isCloseTo(part.fraction(), within(0.02));
            }
        }
    }

    private static double count(SmearClass label, List<SmearClass> among) {
        return among.stream().filter(label::equals).count();
    }

    /** Images outside training whose very content is in training too. */
    private static long leaks(Split split) {
        Set<String> trained = split.indices(Split.Part.TRAIN).stream()
                .map(i -> images.get(i).sha256())
                .collect(Collectors.toSet());
        return IntStream.range(0, images.size())
                .filter(i -> split.parts().get(i) != Split.Part.TRAIN)
                .filter(i -> trained.contains(images.get(i).sha256()))
                .count();
    }

    private static FingerprintedImage fingerprint(LabelledImage image) {
        try {
            byte[] content = Files.readAllBytes(image.path());
            return FingerprintedImage.of(image, content, thumbnail(ImageIO.read(new ByteArrayInputStream(content))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Averages the luma (ITU-R BT.601) of boxes of 7 x 7 pixels. */
    private static Thumbnail thumbnail(BufferedImage smear) {
        int box = SIDE / Thumbnail.SIZE;
        float[] grey = new float[Thumbnail.SIZE * Thumbnail.SIZE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int rgb = smear.getRGB(x, y);
                float luma = 0.299f * (rgb >> 16 & 0xff) + 0.587f * (rgb >> 8 & 0xff) + 0.114f * (rgb & 0xff);
                grey[y / box * Thumbnail.SIZE + x / box] += luma / (box * box);
            }
        }
        return Thumbnail.of(grey);
    }
}
