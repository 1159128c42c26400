package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.SmearFolder;
import dev.blastscope.Smears;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.Rendition;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.Freeze;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.network.engine.PrecisionChoice;
import dev.blastscope.network.onnx.QuantisedBackbone;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.review.ReviewSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on features in 8 bits and in 32. */
class PrecisionTrainingIT {

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
    void inEightBitsTheModelHasHeadsForBothAndCardsThatSayWhichIsWhich() throws Exception {
        Candidate candidate = train(PrecisionChoice.INT8, Freeze.BACKBONE);
        Candidate.Rendition int8 = candidate.int8().orElseThrow();
        assertThat(int8.card().engine()).hasValueSatisfying(engine -> {
            assertThat(engine.name()).isEqualTo("onnx");
            assertThat(engine.precision()).isEqualTo("int8");
            assertThat(engine.quantisedBackbone())
                    .hasValue(QuantisedBackbone.of(
                                    Trainings.BACKBONE.weights(), int8.ranges().orElseThrow())
                            .digest());
        });
        assertThat(candidate.fp32().card().engine())
                .hasValueSatisfying(engine -> assertThat(engine.precision()).isEqualTo("fp32"));
        assertThat(candidate.fp32().heads()).isNotEqualTo(int8.heads());
        assertThat(candidate.served()).isSameAs(int8);
        for (Candidate.Rendition rendition : List.of(candidate.fp32(), int8)) {
            assertThat(rendition.card().precisions()).hasValueSatisfying(compared -> {
                assertThat(compared.fp32().part()).isEqualTo("out-of-fold");
                assertThat(compared.int8().part()).isEqualTo("out-of-fold");
            });
        }
    }

    @Test
    void equalSeedsGiveEqualModels() throws Exception {
        Candidate first = train(PrecisionChoice.INT8, Freeze.BACKBONE);
        Candidate second = train(PrecisionChoice.INT8, Freeze.BACKBONE);
        assertThat(second.fp32().heads()).isEqualTo(first.fp32().heads());
        assertThat(second.served().heads()).isEqualTo(first.served().heads());
        assertThat(second.served().ranges().orElseThrow().toSafetensors())
                .isEqualTo(first.served().ranges().orElseThrow().toSafetensors());
    }

    @Test
    void autoTakesEightBitsIfAndOnlyIfTheyPass() throws Exception {
        Candidate candidate = train(PrecisionChoice.AUTO, Freeze.BACKBONE);
        assertThat(candidate.int8().isPresent())
                .isEqualTo(candidate.fp32().card().precisions().orElseThrow().passed());
    }

    @Test
    void thirtyTwoBitsLeaveEightUntried() throws Exception {
        Candidate candidate = train(PrecisionChoice.FP32, Freeze.BACKBONE);
        assertThat(candidate.int8()).isEmpty();
        assertThat(candidate.served()).isSameAs(candidate.fp32());
        assertThat(candidate.fp32().card().precisions()).isEmpty();
    }

    @Test
    void aPublishedModelIsMeasuredInEachPrecisionOnTheFeaturesThatItsHeadsKnow() throws Exception {
        ModelStore store = new ModelStore(folder.resolve("models"));
        Candidate candidate = train(PrecisionChoice.INT8, Freeze.BACKBONE);
        StoredModel model = store.open(candidate.publish(store).toString());
        assertThat(model.renditions()).containsOnlyKeys(Precision.FP32, Precision.INT8);
        for (Rendition rendition : model.renditions().values()) {
            ModelEvaluation.Result result = new ModelEvaluation(
                            cache, onCpu(PrecisionChoice.AUTO), ImageLimits.DEFAULT, ReviewSettings.DEFAULT)
                    .evaluate(rendition, dataset, Trainings.UNHEARD);
            assertThat(result.overlap().learned()).isEqualTo(result.overlap().images());
            assertThat(result.ofNewImages()).isEmpty();
            assertThat(result.figures().malignancy().auroc().orElseThrow().value())
                    .isGreaterThan(0.9);
        }
    }

    @Test
    void anAdaptedModelKnowsTheSiteInBothPrecisions() throws Exception {
        ModelStore store = new ModelStore(folder.resolve("adapted-models"));
        StoredModel model = store.open(
                train(PrecisionChoice.INT8, Freeze.BACKBONE).publish(store).toString());
        Candidate adapted = new ModelAdaptation(cache, onCpu(PrecisionChoice.AUTO), ImageLimits.DEFAULT, "test")
                .adapt(
                        model,
                        SmearFolder.write(folder.resolve("site"), 1000, 8),
                        Optional.empty(),
                        Trainings.settings(8, Freeze.BACKBONE, 5),
                        0.1f,
                        Trainings.UNHEARD);
        StoredModel published = store.open(adapted.publish(store).toString());
        assertThat(published.renditions()).containsOnlyKeys(Precision.FP32, Precision.INT8);
        published.renditions().forEach((precision, rendition) -> {
            ModelFiles before =
                    Objects.requireNonNull(model.renditions().get(precision)).files();
            assertThat(rendition.files().heads()).isNotEqualTo(before.heads());
            assertThat(rendition.files().ranges().map(ByteBuffer::wrap))
                    .isEqualTo(before.ranges().map(ByteBuffer::wrap));
        });
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
                .isThrownBy(() -> train(changing, onCpu(PrecisionChoice.AUTO), Freeze.BACKBONE, redrawing))
                .withMessageContaining("changed during the training");
    }

    @Test
    void eightBitsAreRefusedWhereTheyCannotBeHad() {
        assertRefused(Engine.PYTORCH, Freeze.BACKBONE);
        assertRefused(Engine.AUTO, Freeze.LAYER3);
    }

    private static void drawAnother(Path image) {
        try {
            Files.write(image, Smears.png(Smears.draw(SmearClass.BENIGN, 1983)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertRefused(Engine engine, Freeze freeze) {
        NetworkEngine int8 = new NetworkEngine(DeviceChoice.CPU, engine, PrecisionChoice.INT8);
        assertThatExceptionOfType(NoSuchDevice.class)
                .isThrownBy(() -> train(dataset, int8, freeze, Trainings.UNHEARD))
                .withMessageContaining("blastscope.precision=int8");
    }

    private static NetworkEngine onCpu(PrecisionChoice precision) {
        return new NetworkEngine(DeviceChoice.CPU, Engine.AUTO, precision);
    }

    private static Candidate train(PrecisionChoice precision, Freeze freeze) throws Exception {
        return train(dataset, onCpu(precision), freeze, Trainings.UNHEARD);
    }

    private static Candidate train(Path smears, NetworkEngine engine, Freeze freeze, TrainingProgress progress)
            throws Exception {
        return new ModelTraining(cache, engine, ImageLimits.DEFAULT, "test")
                .train(smears, Trainings.BACKBONE, List.of(), Trainings.settings(7, freeze, 5), progress);
    }
}
