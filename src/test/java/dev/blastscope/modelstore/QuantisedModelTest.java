package dev.blastscope.modelstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model may bring its backbone in 8 bits too, and is then as well protected as any. */
class QuantisedModelTest {

    private static final byte[] QUANTISED = "the backbone in 8 bits".getBytes(UTF_8);

    private final ModelStore store;
    private final String version;
    private final Path folder;

    QuantisedModelTest(@TempDir Path models) {
        store = Models.store(models, "2026-11-22T12:00:00Z");
        version = Models.publish(store, Optional.of(QUANTISED), Optional.empty(), Optional.empty());
        folder = models.resolve(version);
    }

    @Test
    void theFileIsStoredBesideTheOthersAndListed() throws Exception {
        assertThat(store.open(version).files().quantised()).hasValue(QUANTISED);
        assertThat(Files.readString(folder.resolve("SHA256SUMS"))).contains("  backbone-int8.onnx\n");
    }

    @Test
    void aModelWithoutItIsWhole() throws Exception {
        assertThat(store.open(Models.publish(store)).files().quantised()).isEmpty();
    }

    @Test
    void itsDamageIsNoticed() throws Exception {
        Files.writeString(folder.resolve("backbone-int8.onnx"), "another backbone");
        assertDamage("backbone-int8.onnx does not match its checksum in SHA256SUMS");
    }

    @Test
    void itsAbsenceIsNoticed() throws Exception {
        Files.delete(folder.resolve("backbone-int8.onnx"));
        assertDamage("backbone-int8.onnx is missing");
    }

    private void assertDamage(String what) {
        assertThatExceptionOfType(DamagedModel.class)
                .isThrownBy(() -> store.open(version))
                .withMessageContaining(what);
    }
}
