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
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.review.Outcome;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.ReviewedPrediction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pictures in {@code samples/} are our own drawings, and the embedded model predicts what their names say. */
class SamplesTest {

    private static final Path SAMPLES = Path.of("samples");
    private static final long SEED = 9;
    private static final double CLEARLY = 0.9;

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

    /** After a change of a drawing, what it should be lies in {@code target/samples}. */
    @ParameterizedTest
    @EnumSource
    void aSampleIsADrawingButForTheLossesOfJpeg(SmearClass smearClass) throws Exception {
        byte[] drawing = Smears.png(SampleDrawing.of(smearClass).draw(SEED));
        Path drawn = Files.createDirectories(Path.of("target/samples")).resolve(fileName(smearClass));
        Files.write(drawn, Smears.jpeg(SampleDrawing.of(smearClass).draw(SEED)));

        byte[] jpeg = Files.readAllBytes(SAMPLES.resolve(fileName(smearClass)));

        assertThat(jpeg).hasSizeLessThan(40_000);
        assertThat(meanDifference(
                        decoder.decode(jpeg).rgb(), decoder.decode(drawing).rgb()))
                .isLessThan(6);
    }

    @ParameterizedTest
    @EnumSource
    void theEmbeddedModelPredictsWhatASamplesNameSays(SmearClass smearClass) throws Exception {
        ReviewedPrediction reviewed = review(smearClass);
        Prediction prediction = reviewed.prediction();

        assertThat(reviewed.outcome())
                .as("of a drawing, which need not be familiar")
                .isIn(Outcome.REVIEW, Outcome.valueOf(smearClass.malignancy().name()));
        if (smearClass == SmearClass.BENIGN) {
            assertThat(prediction.malignancy().of(Malignancy.BENIGN)).isGreaterThan(CLEARLY);
        } else {
            assertThat(prediction.malignancy().of(Malignancy.MALIGNANT)).isGreaterThan(CLEARLY);
            assertThat(prediction.subtype().orElseThrow().of(Subtype.valueOf(smearClass.name())))
                    .isGreaterThan(CLEARLY);
        }
    }

    /** README's picture shows the file {@code pre-b.jpg} and the answer to it. */
    @Test
    void thePictureShowsTheEmbeddedModelsAnswer() throws Exception {
        String picture = Files.readString(Path.of("docs/way-of-an-image.svg"));
        Prediction prediction = predict(SmearClass.PRE_B);

        assertThat(picture)
                .contains(Base64.getEncoder()
                        .encodeToString(Files.readAllBytes(SAMPLES.resolve(fileName(SmearClass.PRE_B)))));
        for (Malignancy answer : Malignancy.values()) {
            assertThat(picture).contains(line(answer, prediction.malignancy().of(answer)));
        }
        for (Subtype answer : Subtype.values()) {
            assertThat(picture)
                    .contains(line(answer, prediction.subtype().orElseThrow().of(answer)));
        }
    }

    private static String line(Enum<?> answer, double probability) {
        return String.format(Locale.ROOT, ">%s %.3f<", answer, probability);
    }

    private Prediction predict(SmearClass smearClass) throws Exception {
        return review(smearClass).prediction();
    }

    private ReviewedPrediction review(SmearClass smearClass) throws Exception {
        SmearImage sample = decoder.decode(Files.readAllBytes(SAMPLES.resolve(fileName(smearClass))));
        return model.predict(List.of(sample)).get(0);
    }

    private static String fileName(SmearClass smearClass) {
        return smearClass.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".jpg";
    }

    private static double meanDifference(byte[] some, byte[] others) {
        long sum = 0;
        for (int i = 0; i < some.length; i++) {
            sum += Math.abs((some[i] & 0xFF) - (others[i] & 0xFF));
        }
        return (double) sum / some.length;
    }
}
