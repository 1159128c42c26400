package dev.blastscope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.SmearImage;
import dev.blastscope.inference.ModelLoader;
import dev.blastscope.inference.ServingModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.review.Outcome;
import dev.blastscope.review.ReviewSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Real images that are no smears of the known kind, and such smears, as the embedded model reviews them. */
@EnabledIfEnvironmentVariable(named = "BLASTSCOPE_DATA", matches = ".+")
class ForeignImagesIT {

    private static final int EVERY = 3;

    private static ServingModel model;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @BeforeAll
    static void load(@TempDir Path models) throws Exception {
        model = new ModelLoader(
                        new ModelStore(models),
                        new NetworkEngine(DeviceChoice.CPU, Engine.ONNX),
                        OptionalDouble.empty(),
                        ReviewSettings.DEFAULT,
                        1)
                .version(EmbeddedModel.VERSION);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void everyImageOfAnotherKindIsReviewed() throws Exception {
        assertThat(outcomes("ood", EVERY)).hasSizeGreaterThan(40).containsOnly(Outcome.REVIEW);
    }

    @Test
    void smearsOfTheKnownKindAreHardlyEverReviewed() throws Exception {
        List<Outcome> outcomes = outcomes("all", 40);

        assertThat(outcomes).hasSizeGreaterThan(60);
        assertThat(outcomes.stream().filter(outcome -> outcome == Outcome.REVIEW))
                .hasSizeLessThan(outcomes.size() / 10);
    }

    private List<Outcome> outcomes(String folder, int step) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        List<Path> files = files(Path.of(System.getenv("BLASTSCOPE_DATA"), folder));
        for (int i = 0; i < files.size(); i += step) {
            SmearImage image = decoder.decode(Files.readAllBytes(files.get(i)));
            outcomes.add(model.predict(List.of(image)).get(0).outcome());
        }
        return outcomes;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
