package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.SmearFolder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.ConfidenceHistogram;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.modelstore.ModelStore.Rendition;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.network.ImageToTensor;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.safetensors.InvalidWeights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a folder of drawings to a candidate model and its card. */
class ModelTrainingIT {

    private static final int PER_CLASS = 5;

    private static Path folder;
    private static Path dataset;
    private static Path cache;

    @BeforeAll
    static void draw(@TempDir Path temporary) throws IOException {
        folder = temporary;
        dataset = SmearFolder.write(folder.resolve("smears"), PER_CLASS);
        cache = folder.resolve("cache");
    }

    @Test
    void equalSeedsGiveEqualModelsAndOthersDoNot() throws Exception {
        Candidate first = train(7, cache);
        Candidate withAColdCache = train(7, folder.resolve("another-cache"));
        Candidate other = train(8, cache);

        assertThat(withAColdCache.fp32().heads()).isEqualTo(first.fp32().heads());
        assertThat(timeless(withAColdCache)).isEqualTo(timeless(first));
        assertThat(other.fp32().heads()).isNotEqualTo(first.fp32().heads());
    }

    @Test
    void theCardTellsWhatWasDone() throws Exception {
        ModelCard card = train(7, cache).fp32().card();

        assertThat(card.data().images()).containsEntry("benign", PER_CLASS).containsEntry("pro_b", PER_CLASS);
        assertThat(card.data().parts()).containsOnlyKeys("fold 1", "fold 2", "fold 3");
        assertThat(card.data().parts().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(4 * PER_CLASS);
        assertThat(card.data().digest()).matches("sha256:[0-9a-f]{64}");
        assertThat(card.confidences().map(ConfidenceHistogram::total)).hasValue(4 * PER_CLASS);
        assertThat(card.evaluations())
                .extracting(figures -> figures.split() + " " + figures.part())
                .containsExactly("grouped out-of-fold", "random out-of-fold");
        assertThat(card.settings())
                .containsEntry("seed", 7L)
                .containsEntry("optimizer", "Adam")
                .containsKeys("refittedEpochs")
                .doesNotContainKey("fineTuning");
        assertThat(card.preprocessing()).isEqualTo(ImageToTensor.PREPROCESSING);
        assertThat(card.software()).isEqualTo("blastscope test");
        assertThat(card.backbone()).isEqualTo(Trainings.BACKBONE.origin());
        assertThat(card.remarks()).anyMatch(remark -> remark.contains("saw in pretraining"));
        assertThat(card.seconds()).containsOnlyKeys("features", "cross-validation", "random folds", "training");
        assertThat(card.environment()).containsEntry("device", "cpu").containsKeys("engine", "java", "threads");
    }

    @Test
    void aFrozenBackboneStaysTheVeryFile() throws Exception {
        assertThat(train(7, cache).backbone()).isEqualTo(Trainings.BACKBONE.file());
    }

    @ParameterizedTest
    @CsvSource({"features, 8", "heads, 1"})
    void anInterruptEndsTheTrainingSoonAndLeavesTheCacheUsable(String stage, long step) throws Exception {
        Path interrupted = folder.resolve("interrupted-in-" + stage);

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> Trainings.train(
                        dataset, interrupted, Trainings.settings(7), Trainings.interruptAt(stage, step)))
                .withMessageStartingWith("The training was interrupted");

        assertThat(Thread.interrupted()).isFalse();
        assertThat(train(7, interrupted).fp32().heads())
                .isEqualTo(train(7, cache).fp32().heads());
    }

    @Test
    void aModelOfAnotherPreprocessingIsNotMeasured() throws Exception {
        Candidate candidate = train(7, cache);
        String card = new String(candidate.fp32().card().toJson(), StandardCharsets.UTF_8)
                .replace(ImageToTensor.PREPROCESSING, "centre-crop/3");
        Rendition model = new Rendition(
                "2026-11-22.1",
                Precision.FP32,
                "sha256:0",
                new ModelFiles(candidate.backbone(), candidate.fp32().heads(), card.getBytes(StandardCharsets.UTF_8)));

        assertThatExceptionOfType(InvalidWeights.class)
                .isThrownBy(() -> new ModelEvaluation(
                                new FeatureCache(cache), Trainings.ENGINE, ImageLimits.DEFAULT, ReviewSettings.DEFAULT)
                        .evaluate(model, dataset, Trainings.UNHEARD))
                .withMessageContaining("trained with the preprocessing centre-crop/3");
    }

    private static Candidate train(long seed, Path cache) throws Exception {
        return Trainings.train(dataset, cache, Trainings.settings(seed), Trainings.UNHEARD);
    }

    /** What of a card does not depend on the clock. */
    private static List<Object> timeless(Candidate candidate) {
        ModelCard card = candidate.fp32().card();
        return List.of(
                card.settings(),
                card.data(),
                card.calibration(),
                card.evaluations(),
                card.comparisons(),
                card.remarks(),
                card.environment());
    }
}
