package dev.blastscope.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {

    private final Path models;

    StagingTest(@TempDir Path models) {
        this.models = models;
    }

    @Test
    void aNameThatIsTakenIsLeftAlone() throws IOException {
        Files.writeString(models.resolve("file"), "mine");
        Files.createDirectories(models.resolve("folder").resolve("mine"));
        try (Staging staging = Staging.in(models)) {
            staging.write("card.json", new byte[1]);
            assertThat(staging.publishAs("file")).isFalse();
            assertThat(staging.publishAs("folder")).isFalse();
            assertThat(staging.publishAs("free")).isTrue();
        }
        assertThat(models.resolve("file")).hasContent("mine");
        assertThat(models.resolve("folder").resolve("mine")).exists();
        assertThat(models.resolve("free").resolve("card.json")).exists();
    }

    @Test
    void onlyWhatIsAbandonedIsSweptAway() throws IOException {
        try (Staging staging = Staging.in(models)) {
            staging.write("card.json", new byte[1]);
            Staging.sweep(models, Instant.now());
            assertThat(models).isNotEmptyDirectory();
            Staging.sweep(models, Instant.now().plus(Staging.ABANDONED_AFTER).plusSeconds(60));
            assertThat(models).isEmptyDirectory();
        }
    }

    @Test
    void aWriterThatWasTakenForDeadCannotPublishHalfAModel() throws IOException {
        try (Staging staging = Staging.in(models)) {
            staging.write("backbone.safetensors", new byte[1]);
            Staging.sweep(models, Instant.now().plus(Staging.ABANDONED_AFTER).plusSeconds(60));
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> staging.publishAs("2026-11-22.1"));
        }
        assertThat(models).isEmptyDirectory();
    }

    @Test
    void whatAnInterruptedSweepLeftIsSweptAwayByTheNext() throws IOException {
        Files.createDirectory(models.resolve(".discarded-1"));
        Files.createFile(models.resolve(".discarded-1").resolve("heads.safetensors"));
        Staging.sweep(models, Instant.now());
        assertThat(models).isEmptyDirectory();
    }
}
