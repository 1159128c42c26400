package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.SmearFolder;
import dev.blastscope.Smears;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.Freeze;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.network.engine.NetworkEngine.Precision;
import dev.blastscope.network.onnx.QuantisedBackbone;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.review.ReviewSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on features in 8 bits and in 32. */
class PrecisionTrainingIT {

    private static final NetworkEngine ON_CPU = new NetworkEngine(DeviceChoice.CPU, Engine.AUTO);

    @TempDir
    private static Path folder = Path.of("");

    private static Path dataset = Path.of("");
    private static FeatureCache cache = new FeatureCache(folder);

    @BeforeAll
    static void draw() throws IOException {
        dataset = SmearFolder.write(folder.resolve("smears"), 12);
        cache = new FeatureCache(folder.resolve("features"));
    }

    @Test
    void inEightBitsTheCardNamesTheBackboneAndBothFigures() throws Exception {
        Candidate candidate = train(ON_CPU, Precision.INT8, Freeze.BACKBONE);
        assertThat(candidate.card().engine()).hasValueSatisfying(engine -> {
            assertThat(engine.name()).isEqualTo("onnx");
            assertThat(engine.precision()).isEqualTo("int8");
            assertThat(engine.quantisedBackbone())
                    .isEqualTo(candidate.quantised().map(QuantisedBackbone::digest));
        });
        assertThat(candidate.card().precisions()).hasValueSatisfying(compared -> {
            assertThat(compared.fp32().part()).isEqualTo("out-of-fold");
            assertThat(compared.int8().part()).isEqualTo("out-of-fold");
        });
    }

    @Test
    void equalSeedsGiveEqualModels() throws Exception {
        Candidate first = train(ON_CPU, Precision.INT8, Freeze.BACKBONE);
        Candidate second = train(ON_CPU, Precision.INT8, Freeze.BACKBONE);
        assertThat(second.heads()).isEqualTo(first.heads());
        assertThat(second.quantised().map(QuantisedBackbone::digest))
                .isEqualTo(first.quantised().map(QuantisedBackbone::digest));
    }

    @Test
    void autoTakesEightBitsIfAndOnlyIfTheyPass() throws Exception {
        Candidate candidate = train(ON_CPU, Precision.AUTO, Freeze.BACKBONE);
        assertThat(candidate.quantised().isPresent())
                .isEqualTo(candidate.card().precisions().orElseThrow().passed());
    }

    @Test
    void thirtyTwoBitsLeaveEightUntried() throws Exception {
        Candidate candidate = train(ON_CPU, Precision.FP32, Freeze.BACKBONE);
        assertThat(candidate.quantised()).isEmpty();
        assertThat(candidate.card().precisions()).isEmpty();
        assertThat(candidate.card().engine())
                .hasValueSatisfying(engine -> assertThat(engine.precision()).isEqualTo("fp32"));
    }

    @Test
    void aPublishedModelIsMeasuredOnTheFeaturesThatItsHeadsKnow() throws Exception {
        ModelStore store = new ModelStore(folder.resolve("models"));
        Candidate candidate = train(ON_CPU, Precision.INT8, Freeze.BACKBONE);
        StoredModel model = store.open(candidate.publish(store).toString());
        ModelEvaluation.Result result = new ModelEvaluation(cache, ON_CPU, ImageLimits.DEFAULT, ReviewSettings.DEFAULT)
                .evaluate(model, dataset, Trainings.UNHEARD);
        assertThat(result.overlap().learned()).isEqualTo(result.overlap().images());
        assertThat(result.ofNewImages()).isEmpty();
        assertThat(model.files().quantised().map(QuantisedBackbone::new).map(QuantisedBackbone::digest))
                .isEqualTo(candidate.card().engine().flatMap(engine -> engine.quantisedBackbone()));
    }

    @Test
    void aDataSetThatChangesOnTheWayIsRefused() throws Exception {
        Path changing = SmearFolder.write(folder.resolve("changing"), 10);
        TrainingProgress redrawing = new TrainingProgress() {
            @Override
            public void begin(String stage, long total) {
                if (stage.equals("heads")) {
                    drawAnother(changing.resolve("benign/3.png"));
                }
            }

            @Override
            public void done(long done, String remark) {}
        };
        assertThatExceptionOfType(DatasetRejected.class)
                .isThrownBy(() -> train(changing, ON_CPU, Precision.AUTO, Freeze.BACKBONE, redrawing))
                .withMessageContaining("changed during the training");
    }

    @Test
    void eightBitsAreRefusedWhereTheyCannotBeHad() {
        assertRefused(new NetworkEngine(DeviceChoice.CPU, Engine.PYTORCH), Freeze.BACKBONE);
        assertRefused(ON_CPU, Freeze.LAYER3);
    }

    private static void drawAnother(Path image) {
        try {
            Files.write(image, Smears.png(Smears.draw(SmearClass.BENIGN, 1983)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertRefused(NetworkEngine engine, Freeze freeze) {
        assertThatExceptionOfType(NoSuchDevice.class)
                .isThrownBy(() -> train(engine, Precision.INT8, freeze))
                .withMessageContaining("blastscope.precision=int8");
    }

    private static Candidate train(NetworkEngine engine, Precision precision, Freeze freeze) throws Exception {
        return train(dataset, engine, precision, freeze, Trainings.UNHEARD);
    }

    private static Candidate train(
            Path smears, NetworkEngine engine, Precision precision, Freeze freeze, TrainingProgress progress)
            throws Exception {
        return new ModelTraining(cache, engine, precision, ImageLimits.DEFAULT, "test")
                .train(smears, Trainings.BACKBONE, List.of(), Trainings.settings(7, freeze, 5), progress);
    }
}
