package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.SmearFolder;
import dev.blastscope.Smears;
import dev.blastscope.dataset.Dataset;
import dev.blastscope.image.SmearImage;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.FeatureExtractor;
import dev.blastscope.network.ImageToTensor;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.training.GroupedImages.PreparedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePreparationIT {

    private static final FeatureExtractor NO_FORWARD_PASS = new FeatureExtractor() {
        @Override
        public float[][] features(List<SmearImage> images) {
            throw new IllegalStateException("a forward pass");
        }

        @Override
        public void close() {}
    };

    private final Path dataset;
    private final Path cache;
    private final String origin;

    ImagePreparationIT(@TempDir Path folder) throws NoSuchDevice {
        origin = FeatureSource.of(Trainings.BACKBONE, Trainings.ENGINE).origin();
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

        List<PreparedImage> cached = prepare(origin, NO_FORWARD_PASS);

        assertThat(cached).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(cached.get(i).features()).isEqualTo(computed.get(i).features());
        }
        assertThatExceptionOfType(IllegalStateException.class)
                .as("another backbone's features are not in the cache")
                .isThrownBy(() -> prepare(origin + "-int8", NO_FORWARD_PASS))
                .withMessage("a forward pass");
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
        assertThat(prepare(origin, NO_FORWARD_PASS)).as("and kept").hasSize(2);
    }

    @Test
    void theCacheIsKeyedByBackboneEngineAndPreprocessing() throws NoSuchDevice {
        assertThat(origin)
                .startsWith(Trainings.BACKBONE.origin().digest().replace(':', '_'))
                .contains("-onnx-")
                .endsWith(ImageToTensor.PREPROCESSING.replaceAll("[^A-Za-z0-9.-]", "_"))
                .matches("[A-Za-z0-9._-]+")
                .isNotEqualTo(FeatureSource.of(Trainings.BACKBONE, new NetworkEngine(DeviceChoice.CPU, Engine.PYTORCH))
                        .origin());
    }

    private List<PreparedImage> prepare(String origin, FeatureExtractor extractor) throws Exception {
        return new ImagePreparation(Trainings.DECODER, new FeatureCache(cache))
                .prepare(Dataset.read(dataset), new FeatureSource(origin, () -> extractor), Trainings.UNHEARD)
                .images();
    }
}
