package dev.blastscope.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

    @Test
    void nothingStaysOfADataSetThatADiskHasNoRoomFor(@TempDir Path mountPoint) throws Exception {
        assumeTrue(mount(mountPoint), "needs the right to mount a disk of 3 MB");
        try {
            Path root = mountPoint.resolve("datasets");
            byte[] zip = Zip.ofSmears("", 40).toBytes();
            assertThat(zip.length).isBetween(1_000_000, 1_900_000);
            assertThatExceptionOfType(NoRoom.class)
                    .isThrownBy(() -> Stores.in(root).put(new DatasetName("big"), -1, new ByteArrayInputStream(zip)));
            assertThat(root).isEmptyDirectory();
            assertThat(Stores.put(Stores.in(root), "small", Zip.ofSmears("", 1)).created())
                    .isTrue();
        } finally {
            run("umount", mountPoint.toString());
        }
    }

    @Test
    void theRoomThatTheOperatorKeepsFreeIsKept(@TempDir Path root) {
        long free = root.toFile().getUsableSpace();
        ArchiveLimits limits = new ArchiveLimits(50_000_000, 100, 1_000_000, 50_000_000, 100, free * 2);
        assertThatExceptionOfType(NoRoom.class)
                .isThrownBy(() -> Stores.put(Stores.in(root, limits), "one", Zip.ofSmears("", 1)));
        assertThat(root).isEmptyDirectory();
    }

    private static boolean mount(Path folder) throws IOException, InterruptedException {
        return Files.exists(Path.of("/proc/mounts"))
                && run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
