package dev.blastscope.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.SmallDisk;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskIT {

    @Test
    void aModelThatADiskHasNoRoomForIsNotPublishedAndTheActiveOneStays(@TempDir Path mountPoint) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(mountPoint, 1)) {
            Path models = disk.folder().resolve("models");
            ModelStore store = Models.store(models, "2026-11-22T12:00:00Z");
            String active = Models.publish(store);
            store.activate(active);

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> store.publish(new byte[2_000_000], Models.HEADS, Models::card))
                    .withMessageContaining("Cannot publish the model");
            disk.fill();
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> Models.publish(store));
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> store.activate(active));

            assertThat(store.versions()).hasSize(1);
            assertThat(store.active()).hasValue(active);
            assertThat(store.open(active).files().card()).isEqualTo(Models.card(active));
            disk.free();
            assertThat(Models.publish(store)).isNotEqualTo(active);
            assertThat(models).isDirectoryNotContaining("glob:**/.*");
        }
    }
}
