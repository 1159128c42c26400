package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import dev.blastscope.SmearFolder;
import dev.blastscope.Smears;
import dev.blastscope.dataset.Dataset;
import dev.blastscope.diagnosis.SmearClass;
import dev.blastscope.network.FoldedBackbone;
import dev.blastscope.network.ImageToTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePreparationTests {

    private static final String DIGEST = Trainings.BACKBONE.origin().digest();

    private final Path dataset;
    private final Path cache;

    ImagePreparationTests(@TempDir Path folder) {
        dataset = folder.resolve("smears");
        cache = folder.resolve("cache");
    }

    @BeforeEach
    void draw() throws Exception {
        SmearFolder.writeClass(dataset, SmearClass.PRE_B, 2);
    }

    @Test
    void aWarmCacheSparesTheForwardPass() throws Exception {
        List<PreparedImage> computed = Trainings.prepare(dataset, cache);
        FoldedBackbone unusable = closed();

        List<PreparedImage> cached = prepare(unusable, DIGEST);

        assertThat(cached).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(cached.get(i).features()).isEqualTo(computed.get(i).features());
        }
        assertThatExceptionOfType(RuntimeException.class)
                .as("another backbone's features are not in the cache")
                .isThrownBy(() -> prepare(unusable, "sha256:" + "0".repeat(64)));
    }

    @Test
    void newContentUnderAnOldNameIsSeenAnew() throws Exception {
        float[] before = Trainings.prepare(dataset, cache).get(0).features();
        Files.write(dataset.resolve("pre_b/1.png"), Smears.png(Smears.proB(1)));

        assertThat(Trainings.prepare(dataset, cache).get(0).features()).isNotEqualTo(before);
    }

    @Test
    void damagedFilesInTheCacheAreComputedAgain() throws Exception {
        List<PreparedImage> computed = Trainings.prepare(dataset, cache);
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] flipped = Files.readAllBytes(file);
                flipped[flipped.length / 2] ^= 1;
                Files.write(file, flipped);
            }
        }

        List<PreparedImage> again = Trainings.prepare(dataset, cache);

        assertThat(again.get(1).features()).isEqualTo(computed.get(1).features());
        assertThat(prepare(closed(), DIGEST)).as("and kept").hasSize(2);
    }

    @Test
    void theCacheIsKeyedByBackboneAndPreprocessing() {
        assertThat(FeatureSource.name(DIGEST))
                .contains(DIGEST.replace("sha256:", ""))
                .endsWith(ImageToTensor.PREPROCESSING.replaceAll("[^A-Za-z0-9.-]", "_"))
                .matches("[A-Za-z0-9._-]+");
    }

    private List<PreparedImage> prepare(FoldedBackbone backbone, String digest) throws Exception {
        return new ImagePreparation(
                        Trainings.DECODER,
                        new FeatureCache(cache),
                        backbone,
                        FeatureSource.name(digest),
                        Trainings.UNHEARD)
                .prepare(Dataset.read(dataset));
    }

    private static FoldedBackbone closed() {
        FoldedBackbone backbone = new FoldedBackbone(Trainings.BACKBONE.weights(), Device.cpu());
        backbone.close();
        return backbone;
    }
}
