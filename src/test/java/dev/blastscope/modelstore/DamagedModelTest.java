package dev.blastscope.modelstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.modelstore.ModelStore.StoredVersion;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedModelTest {

    private static final String ZEROS = "0".repeat(64);

    private final ModelStore store;
    private final String version;
    private final Path folder;

    DamagedModelTest(@TempDir Path models) {
        store = Models.store(models, "2026-11-22T12:00:00Z");
        version = Models.publish(store);
        folder = models.resolve(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backbone.safetensors", "heads.safetensors", "card.json"})
    void everyFlippedBitOfAFileIsNoticed(String name) throws IOException {
        byte[] original = Files.readAllBytes(folder.resolve(name));
        for (int bit = 0; bit < original.length * 8; bit++) {
            byte[] flipped = original.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(folder.resolve(name), flipped);
            assertDamage(name + " does not match its checksum in SHA256SUMS");
        }
    }

    @Test
    void everyFlippedBitOfTheChecksumsIsNoticed() throws IOException {
        Path checksums = folder.resolve("SHA256SUMS");
        byte[] original = Files.readAllBytes(checksums);
        for (int bit = 0; bit < original.length * 8; bit++) {
            byte[] flipped = original.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(checksums, flipped);
            assertDamage("SHA256SUMS");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"backbone.safetensors", "heads.safetensors", "card.json", "SHA256SUMS"})
    void everyFileCutShortIsNoticed(String name) throws IOException {
        byte[] original = Files.readAllBytes(folder.resolve(name));
        for (int length = 0; length < original.length; length++) {
            Files.write(folder.resolve(name), Arrays.copyOf(original, length));
            assertDamage(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"backbone.safetensors", "heads.safetensors", "card.json", "SHA256SUMS"})
    void aMissingFileIsNoticedAndSeenInTheListing(String name) throws IOException {
        assertThat(store.versions()).allMatch(StoredVersion::complete);
        Files.delete(folder.resolve(name));
        assertDamage(name + " is missing");
        assertThat(store.versions()).noneMatch(StoredVersion::complete);
        Files.createDirectory(folder.resolve(name));
        assertDamage(name + " is missing");
        assertThat(store.versions()).noneMatch(StoredVersion::complete);
    }

    @Test
    void checksumsListEveryFileOnceAndNoOther() throws IOException {
        Path checksums = folder.resolve("SHA256SUMS");
        String original = Files.readString(checksums);
        String firstLine = original.substring(0, original.indexOf('\n') + 1);
        Files.writeString(checksums, original + ZEROS + "  notes.txt\n");
        assertDamage("SHA256SUMS lists \"notes.txt\", which is not a file of a model");
        Files.writeString(checksums, original + ZEROS + "  ../" + version + "/card.json\n");
        assertDamage("which is not a file of a model");
        Files.writeString(checksums, original + firstLine);
        assertDamage("SHA256SUMS lists backbone.safetensors twice");
        Files.writeString(checksums, original.substring(firstLine.length()));
        assertDamage("SHA256SUMS does not list backbone.safetensors");
        Files.writeString(checksums, original + "\n");
        assertDamage("SHA256SUMS has a line that is not a SHA-256, two spaces and a file name");
        Files.writeString(checksums, original.replace("\n", "\r\n"));
        assertDamage("SHA256SUMS lists \"backbone.safetensors?\"");
    }

    @Test
    void checksumsInAnotherOrderAreAsGood() throws IOException, NoSuchModel, DamagedModel {
        Path checksums = folder.resolve("SHA256SUMS");
        String[] lines = Files.readString(checksums).split("(?<=\n)", -1);
        Files.writeString(checksums, lines[2] + lines[0] + lines[1]);
        assertThat(store.open(version).files().card()).isEqualTo(Models.card(version));
    }

    @Test
    void aFileBeyondTheLimitIsRefusedByItsSizeAlone() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("heads.safetensors").toFile(), "rw")) {
            sparse.setLength((1L << 30) + 1);
        }
        assertDamage("heads.safetensors has 1073741825 bytes; at most 1073741824 are read");
        Files.write(folder.resolve("SHA256SUMS"), "x".repeat(5000).getBytes(UTF_8));
        assertDamage("SHA256SUMS has 5000 bytes; at most 4096 are read");
    }

    @Test
    void aDamagedModelIsNotActivated() throws IOException, NoSuchModel, DamagedModel {
        String good = Models.publish(store);
        store.activate(good);
        Files.writeString(folder.resolve("card.json"), "{}");
        assertThatExceptionOfType(DamagedModel.class).isThrownBy(() -> store.activate(version));
        assertThat(store.active()).contains(good);
    }

    private void assertDamage(String problem) {
        assertThatExceptionOfType(DamagedModel.class)
                .isThrownBy(() -> store.open(version))
                .withMessageStartingWith("Model 2026-11-22.1 is damaged: ")
                .withMessageContaining(problem)
                .withMessageEndingWith(
                        "Restore the version's folder from a backup, activate another version, or delete the folder.");
    }
}
