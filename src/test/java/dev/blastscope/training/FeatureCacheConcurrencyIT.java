package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.SmearFolder;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.training.GroupedImages.PreparedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache under processes that die and processes that share it. */
class FeatureCacheConcurrencyIT {

    private static final int IMAGES = 16;

    private static Path folder;
    private static Path dataset;
    private static List<PreparedImage> undisturbed;

    @BeforeAll
    static void prepare(@TempDir Path temporary) throws Exception {
        folder = temporary;
        dataset = SmearFolder.write(folder.resolve("smears"), IMAGES / 4);
        undisturbed = Trainings.prepare(dataset, folder.resolve("undisturbed"));
    }

    @Test
    void aKilledProcessLeavesACacheThatTheNextCompletes() throws Exception {
        Path cache = folder.resolve("killed");
        try (FeatureExtractionProcess process = new FeatureExtractionProcess(dataset, cache)) {
            process.inTheMiddle();
        }
        assertThat(vectors(cache)).isBetween(1L, IMAGES - 1L);

        assertUndisturbed(cache);
    }

    @Test
    void twoProcessesShareOneCache() throws Exception {
        Path cache = folder.resolve("shared");
        try (FeatureExtractionProcess one = new FeatureExtractionProcess(dataset, cache);
                FeatureExtractionProcess other = new FeatureExtractionProcess(dataset, cache)) {
            assertThat(one.exitStatus()).isZero();
            assertThat(other.exitStatus()).isZero();
        }

        assertThat(vectors(cache)).isEqualTo(IMAGES);
        assertUndisturbed(cache);
    }

    private static void assertUndisturbed(Path cache) throws Exception {
        List<PreparedImage> prepared = Trainings.prepare(dataset, cache);
        assertThat(prepared).hasSize(IMAGES);
        for (int i = 0; i < IMAGES; i++) {
            assertThat(prepared.get(i).image().sha256())
                    .isEqualTo(undisturbed.get(i).image().sha256());
            assertThat(prepared.get(i).features()).isEqualTo(undisturbed.get(i).features());
        }
        assertThat(vectors(cache)).isEqualTo(IMAGES);
    }

    /** How many images the cache has features of. */
    private static long vectors(Path cache) throws IOException, NoSuchDevice {
        Path features = cache.resolve(
                FeatureSource.of(Trainings.BACKBONE, Trainings.ENGINE).origin());
        try (Stream<Path> files = Files.walk(features)) {
            return files.filter(file ->
                            Files.isRegularFile(file) && !file.toString().endsWith(".part"))
                    .count();
        }
    }
}
