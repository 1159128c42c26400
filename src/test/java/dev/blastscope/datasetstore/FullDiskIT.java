package dev.blastscope.datasetstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.SmallDisk;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskIT {

    @Test
    void nothingStaysOfADataSetThatADiskHasNoRoomFor(@TempDir Path mountPoint) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(mountPoint, 3)) {
            Path root = disk.folder().resolve("datasets");
            byte[] zip = Zip.ofSmears("", 40).toBytes();
            assertThat(zip.length).isBetween(1_000_000, 1_900_000);
            assertThatExceptionOfType(DatasetRefused.class)
                    .isThrownBy(() -> Stores.in(root).put(new DatasetName("big"), -1, new ByteArrayInputStream(zip)));
            assertThat(root).isEmptyDirectory();
            assertThat(Stores.put(Stores.in(root), "small", Zip.ofSmears("", 1)).created())
                    .isTrue();
        }
    }

    @Test
    void theRoomThatTheOperatorKeepsFreeIsKept(@TempDir Path root) {
        long free = root.toFile().getUsableSpace();
        DatasetSettings limits = Stores.limits(50_000_000, 100, 1_000_000, 50_000_000, 100, free * 2);
        assertThatExceptionOfType(DatasetRefused.class)
                .isThrownBy(() -> Stores.put(Stores.in(root, limits), "one", Zip.ofSmears("", 1)));
        assertThat(root).isEmptyDirectory();
    }
}
