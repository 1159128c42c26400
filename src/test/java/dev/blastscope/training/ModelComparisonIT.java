package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.blastscope.SmearFolder;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.FingerprintedImage;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
    void aTrainingNotesWhatItLearnedFromAndLeavesOutItsTestImages() {
        int test = candidate.card().data().parts().getOrDefault("test", 0);

        assertThat(test).isPositive();
        assertThat(candidate.trainedOn().images()).hasSize(4 * PER_CLASS - test);
    }

    @Test
    void aModelBesideItselfIsMeasuredOnItsOwnTestPartAndDiffersInNothing() throws Exception {
        StoredModel model = published(Optional.of(candidate.trainedOn()));

        HeldOutComparison compared = compare(model, model);

        assertThat(compared.images().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(candidate.card().data().parts().get("test"));
        assertThat(compared.knownToActive()).isZero();
        assertThat(compared.activeNotesItsTraining()).isTrue();
        assertThat(compared.accuracy()).hasValueSatisfying(accuracy -> {
            assertThat(accuracy.value()).isZero();
            assertThat(accuracy.candidate())
                    .isEqualTo(candidate
                            .card()
                            .evaluations()
                            .get(0)
                            .fourClass()
                            .accuracy()
                            .value());
        });
        assertThat(compared.calibrationError()).hasValueSatisfying(error -> assertThat(error.candidate())
                .isEqualTo(candidate
                        .card()
                        .evaluations()
                        .get(0)
                        .malignancy()
                        .eceAfter()
                        .value()));
    }

    @Test
    void noImageIsTakenWhoseGroupTheActiveModelKnows() throws Exception {
        StoredModel model = published(Optional.of(candidate.trainedOn()));
        Set<String> everything = new HashSet<>();
        try (Stream<Path> files = Files.walk(dataset)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                everything.add(FingerprintedImage.sha256(Files.readAllBytes(file)));
            }
        }

        HeldOutComparison compared = compare(model, published(Optional.of(TrainingImageIndex.of(everything))));

        assertThat(compared.images()).containsOnlyKeys(SmearClass.values());
        assertThat(compared.images().values()).containsOnly(0);
        assertThat(compared.groups()).isZero();
        assertThat(compared.knownToActive())
                .isEqualTo(candidate.card().data().parts().get("test"));
        assertThat(compared.sensitivity()).isEmpty();
    }

    @Test
    void whereItIsUnknownWhatTheActiveModelKnowsThatIsSaid() throws Exception {
        HeldOutComparison compared =
                compare(published(Optional.of(candidate.trainedOn())), published(Optional.empty()));

        assertThat(compared.activeNotesItsTraining()).isFalse();
        assertThat(compared.accuracy()).isPresent();
    }

    @Test
    void aCandidateMustNoteWhatItWasTrainedOn() throws Exception {
        StoredModel model = published(Optional.empty());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> compare(model, model))
                .withMessageContaining("does not note what it was trained on");
    }

    @Test
    void aDataSetThatChangesOnTheWayIsRefused() throws Exception {
        StoredModel model = published(Optional.of(candidate.trainedOn()));
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
                .isThrownBy(() -> comparison().compare(model, model, changing, deleting))
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
        return comparison().compare(theirs, ours, dataset, Trainings.UNHEARD);
    }

    private static ModelComparison comparison() {
        return new ModelComparison(new FeatureCache(folder.resolve("cache")), Trainings.ENGINE, ImageLimits.DEFAULT);
    }

    private static StoredModel published(Optional<TrainingImageIndex> trainedOn) throws Exception {
        ModelStore store = new ModelStore(folder.resolve("models"));
        return store.open(
                store.publish(candidate.backbone(), candidate.heads(), Optional.empty(), trainedOn, version -> candidate
                                .card()
                                .withVersion(version)
                                .toJson())
                        .toString());
    }
}
