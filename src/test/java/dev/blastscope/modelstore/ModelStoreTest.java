package dev.blastscope.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.ModelStore.StoredVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

class ModelStoreTest {

    private final Path models;

    ModelStoreTest(@TempDir Path home) {
        this.models = home.resolve("models");
    }

    private ModelStore store() {
        return Models.store(models, "2026-11-22T23:59:59Z");
    }

    @Test
    void anUnusedStoreIsEmptyAndStaysUnwritten() throws DamagedModel {
        assertThat(store().versions()).isEmpty();
        assertThat(store().active()).isEmpty();
        assertThat(models).doesNotExist();
    }

    @Test
    void aPublishedModelIsOpenedAsItWas() throws NoSuchModel, DamagedModel {
        String version = Models.publish(store());
        assertThat(version).isEqualTo("2026-11-22.1");
        StoredModel model = store().open(version);
        assertThat(model.version()).isEqualTo(version);
        assertThat(model.files().backbone()).isEqualTo(Models.BACKBONE);
        assertThat(model.files().heads()).isEqualTo(Models.HEADS);
        assertThat(model.files().card()).isEqualTo(Models.card(version));
    }

    @Test
    void theDigestIsThatOfTheChecksumFile() throws IOException, NoSuchModel, DamagedModel {
        String version = Models.publish(store());
        byte[] checksums = Files.readAllBytes(models.resolve(version).resolve("SHA256SUMS"));
        assertThat(store().open(version).digest()).isEqualTo("sha256:" + DigestUtils.sha256Hex(checksums));
        assertThat(store().open(version).digest()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void aVersionsFolderHoldsItsFilesAndNothingIsLeftBeside() throws IOException {
        Models.publish(store());
        try (Stream<Path> all = Files.walk(models)) {
            assertThat(all.filter(Files::isRegularFile).map(models::relativize).map(Path::toString))
                    .containsExactlyInAnyOrder(
                            "2026-11-22.1/SHA256SUMS",
                            "2026-11-22.1/backbone.safetensors",
                            "2026-11-22.1/card.json",
                            "2026-11-22.1/heads.safetensors");
        }
    }

    @Test
    void versionsCountUpWithinADayOfUtcAndAreListedNewestFirst() {
        for (int i = 0; i < 11; i++) {
            Models.publish(store());
        }
        Models.publish(Models.store(models, "2026-11-23T00:00:00Z"));
        List<String> names =
                store().versions().stream().map(v -> v.version().toString()).toList();
        assertThat(names).hasSize(12).startsWith("2026-11-23.1", "2026-11-22.11", "2026-11-22.10", "2026-11-22.9");
        assertThat(store().versions()).allMatch(StoredVersion::complete);
    }

    @Test
    void whatIsNoVersionIsNotListed() throws IOException {
        Models.publish(store());
        Files.createDirectories(models.resolve(".staging-of-somebody"));
        Files.createDirectories(models.resolve("lost+found"));
        Files.createFile(models.resolve("2026-11-22.7"));
        assertThat(store().versions()).hasSize(1);
        assertThat(Models.publish(store())).isEqualTo("2026-11-22.8");
    }

    @Test
    void aVersionIsActiveOnceItIsActivated() throws NoSuchModel, DamagedModel {
        String first = Models.publish(store());
        String second = Models.publish(store());
        assertThat(store().active()).isEmpty();
        store().activate(second);
        assertThat(store().active()).contains(second);
        store().activate(first);
        assertThat(store().active()).contains(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22.2", "../x", "", ".", "2026-11-22.1/", "2026-11-22.1\n", "active"})
    void aNameThatIsNoVersionIsNeitherOpenedNorActivated(String name) throws NoSuchModel, DamagedModel {
        String version = Models.publish(store());
        store().activate(version);
        assertThatExceptionOfType(NoSuchModel.class).isThrownBy(() -> store().open(name));
        assertThatExceptionOfType(NoSuchModel.class).isThrownBy(() -> store().activate(name));
        assertThat(store().active()).contains(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "2026-11-22.1\n\n", "2026-11-22.1 # good", "2026-11-22.1\u0000"})
    void aPointerThatHoldsAnythingButAVersionIsReportedAndRepairedByActivation(String content)
            throws IOException, NoSuchModel, DamagedModel {
        String version = Models.publish(store());
        Files.writeString(models.resolve("active"), content);
        assertThatExceptionOfType(DamagedModel.class)
                .isThrownBy(() -> store().active())
                .withMessageContaining("Activate a version again");
        store().activate(version);
        assertThat(store().active()).contains(version);
    }

    @Test
    void aPointerWrittenByHandMayOrMayNotEndItsLine() throws IOException, DamagedModel {
        Files.createDirectories(models);
        for (String content : List.of("2026-11-22.1", "2026-11-22.1\n", "2026-11-22.1\r\n")) {
            Files.writeString(models.resolve("active"), content);
            assertThat(store().active()).contains("2026-11-22.1");
        }
    }

    @Test
    void theNameOfTheActivePointerIsNotGivenToAnotherModelWhenItsFolderIsGone()
            throws IOException, NoSuchModel, DamagedModel {
        String active = Models.publish(store());
        store().activate(active);
        FileSystemUtils.deleteRecursively(models.resolve(active));
        assertThatExceptionOfType(NoSuchModel.class).isThrownBy(() -> store().open(active));
        assertThat(Models.publish(store())).isEqualTo("2026-11-22.2");
    }

    @Test
    void aPublicationThatFailsLeavesNothing() {
        assertThatIllegalStateException().isThrownBy(() -> store().publish(Models.BACKBONE, Models.HEADS, version -> {
            throw new IllegalStateException("no card");
        }));
        assertThat(models).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeWrittenIsReported() throws IOException {
        Files.createFile(models);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Models.publish(store()))
                .withMessage("Cannot publish the model");
    }
}
