package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.blastscope.SmearFolder;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.OutOfFoldAnswers;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two trained models side by side, on drawings. */
class ModelComparisonIT {

    private static final int PER_CLASS = 12;

    @TempDir
    private static Path folder = Path.of("");

    private static Path dataset = Path.of("");
    private static Candidate candidate;

    @BeforeAll
    static void train() throws Exception {
        dataset = SmearFolder.write(folder.resolve("smears"), PER_CLASS);
        candidate = Trainings.train(dataset, folder.resolve("cache"), Trainings.settings(7), Trainings.UNHEARD);
    }

    @Test
    void aTrainingNotesWhatItLearnedFromAndWhatItsFoldsAnswered() {
        assertThat(candidate.trainedOn().images()).hasSize(4 * PER_CLASS);
        assertThat(candidate.fp32().outOfFold().rows()).hasSize(4 * PER_CLASS).allSatisfy(answer -> {
            assertThat(candidate.trainedOn().contains(answer.sha256())).isTrue();
            assertThat(answer.distance().orElseThrow()).isBetween(0.0, 2.0);
        });
        assertThat(candidate.fp32().cases().orElseThrow().size()).isEqualTo(4 * PER_CLASS);
    }

    @Test
    void aModelBesideItselfIsMeasuredByTheAnswersOfItsFoldsAndDiffersInNothing() throws Exception {
        HeldOutComparison compared = compare(published(), published());

        assertThat(compared.images().values()).containsOnly(PER_CLASS);
        assertThat(compared.knownToActive()).isZero();
        assertThat(compared.activeNotesItsTraining()).isTrue();
        EvaluationFigures figures = candidate.fp32().card().evaluations().get(0);
        assertThat(compared.accuracy()).hasValueSatisfying(accuracy -> {
            assertThat(accuracy.value()).isZero();
            assertThat(accuracy.candidate())
                    .isEqualTo(figures.fourClass().accuracy().value());
        });
        assertThat(compared.calibrationError()).hasValueSatisfying(error -> assertThat(error.candidate())
                .isEqualTo(figures.malignancy().eceAfter().value()));
    }

    @Test
    void imagesThatAreNewToTheActiveModelAreAnsweredByItNow() throws Exception {
        StoredModel knowsNothing = published(Optional.of(TrainingImageIndex.of(List.of())), Optional.empty());

        HeldOutComparison compared = compare(published(), knowsNothing);

        assertThat(compared.images().values()).containsOnly(PER_CLASS);
        assertThat(compared.accuracy()).hasValueSatisfying(accuracy -> assertThat(accuracy.active())
                .as("the heads that learned from all")
                .isGreaterThanOrEqualTo(accuracy.candidate()));
    }

    @Test
    void noImageIsTakenThatTheActiveModelLearnedFromWithoutAnAnswerOfItsFolds() throws Exception {
        HeldOutComparison compared =
                compare(published(), published(Optional.of(candidate.trainedOn()), Optional.empty()));

        assertThat(compared.images()).containsOnlyKeys(SmearClass.values());
        assertThat(compared.images().values()).containsOnly(0);
        assertThat(compared.groups()).isZero();
        assertThat(compared.knownToActive()).isEqualTo(4 * PER_CLASS);
        assertThat(compared.sensitivity()).isEmpty();
    }

    @Test
    void whereItIsUnknownWhatTheActiveModelKnowsThatIsSaid() throws Exception {
        HeldOutComparison compared = compare(published(), published(Optional.empty(), Optional.empty()));

        assertThat(compared.activeNotesItsTraining()).isFalse();
        assertThat(compared.accuracy()).isPresent();
    }

    @Test
    void aCandidateMustNoteWhatItWasTrainedOn() throws Exception {
        StoredModel model = published(Optional.empty(), Optional.empty());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> compare(model, model))
                .withMessageContaining("does not note what it was trained on");
    }

    @Test
    void aDataSetThatChangesOnTheWayIsRefused() throws Exception {
        StoredModel model = published();
        Path changing = SmearFolder.write(folder.resolve("changing"), 3);
        TrainingProgress deleting = new TrainingProgress() {
            private int passes;

            @Override
            public void begin(String stage, long total) {
                if (++passes == 2) {
                    delete(changing.resolve("benign/3.png"));
                }
            }

            @Override
            public void done(long done, String remark) {}
        };

        assertThatExceptionOfType(DatasetRejected.class)
                .isThrownBy(() -> comparison().compare(model, model, changing, 0.95, deleting))
                .withMessageContaining("changed during the comparison");
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HeldOutComparison compare(StoredModel theirs, StoredModel ours) throws Exception {
        return comparison().compare(theirs, ours, dataset, 0.95, Trainings.UNHEARD);
    }

    private static ModelComparison comparison() {
        return new ModelComparison(new FeatureCache(folder.resolve("cache")), Trainings.ENGINE, ImageLimits.DEFAULT);
    }

    private static StoredModel published() throws Exception {
        return published(
                Optional.of(candidate.trainedOn()), Optional.of(candidate.fp32().outOfFold()));
    }

    private static StoredModel published(Optional<TrainingImageIndex> trainedOn, Optional<OutOfFoldAnswers> outOfFold)
            throws Exception {
        ModelStore store = new ModelStore(folder.resolve("models"));
        return store.open(store.publish(version -> Map.of(
                        Precision.FP32,
                        new ModelFiles(
                                candidate.backbone(),
                                candidate.fp32().heads(),
                                candidate.fp32().card().withVersion(version).toJson(),
                                Optional.empty(),
                                trainedOn.map(TrainingImageIndex::toBytes),
                                outOfFold.map(OutOfFoldAnswers::toBytes),
                                Optional.empty(),
                                Optional.empty())))
                .toString());
    }
}
