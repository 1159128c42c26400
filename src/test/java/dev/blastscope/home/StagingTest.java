package dev.blastscope.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {

    private final Path parent;

    StagingTest(@TempDir Path parent) {
        this.parent = parent;
    }

    @Test
    void aNameThatIsTakenIsLeftAlone() throws IOException {
        Files.writeString(parent.resolve("file"), "mine");
        Files.createDirectories(parent.resolve("folder").resolve("mine"));
        try (Staging staging = Staging.in(parent)) {
            staging.write("card.json", new byte[1]);
            assertThat(staging.publishAs("file")).isFalse();
            assertThat(staging.publishAs("folder")).isFalse();
            assertThat(staging.publishAs("free")).isTrue();
        }
        assertThat(parent.resolve("file")).hasContent("mine");
        assertThat(parent.resolve("folder").resolve("mine")).exists();
        assertThat(parent.resolve("free").resolve("card.json")).exists();
    }

    @Test
    void aLivingWriterIsNotSweptAwayHoweverOldItsFilesLook() throws IOException {
        try (Staging staging = Staging.in(parent)) {
            staging.write("card.json", new byte[1]);
            Files.setLastModifiedTime(staging.folder(), FileTime.from(Instant.EPOCH));
            Staging.sweep(parent);
            assertThat(staging.publishAs("2026-11-22.1")).isTrue();
        }
        assertThat(parent).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void whatADeadWriterLeftIsSweptAwayHoweverNewItLooks() throws IOException {
        Path folder = Files.createDirectory(parent.resolve(".staging-1"));
        Files.createFile(folder.resolve("backbone.safetensors"));
        Files.createFile(parent.resolve(".staging-1.lock"));
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().plusSeconds(86_400)));
        Staging.sweep(parent);
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void aWriterWhoseFolderWasRemovedCannotPublishHalfOfIt() throws IOException {
        try (Staging staging = Staging.in(parent)) {
            staging.write("backbone.safetensors", new byte[1]);
            Staging.discard(staging.folder());
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> staging.publishAs("2026-11-22.1"));
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatAnInterruptedDeletionLeftIsSweptAwayByTheNext() throws IOException {
        Files.createDirectory(parent.resolve(".discarded-1"));
        Files.createFile(parent.resolve(".discarded-1").resolve("heads.safetensors"));
        Staging.sweep(parent);
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void writersAndSweepsOfOneProcessDoNotDisturbEachOther() {
        IntStream.range(0, 200).parallel().forEach(number -> {
            try (Staging staging = Staging.in(parent)) {
                Staging.sweep(parent);
                staging.write("file", new byte[1]);
                assertThat(staging.publishAs("made-" + number)).isTrue();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        try (Stream<Path> made = Files.list(parent)) {
            assertThat(made).hasSize(200);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
