package dev.blastscope.datasetstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Jvm;
import dev.blastscope.home.Staging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonedUploadsIT {

    private final Path root;

    AbandonedUploadsIT(@TempDir Path root) {
        this.root = root;
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAndWhatALivingOneMakesIsNot() throws Exception {
        Process process = Jvm.running(UploadingProcess.class, root).start();
        try {
            assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("begun");
            Stores.in(root).sweep();
            assertThat(root).isDirectoryContaining("glob:**.staging-*");
        } finally {
            process.destroyForcibly().onExit().join();
        }
        Stores.in(root).sweep();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void anInterruptedDeletionIsFinished() throws IOException {
        Files.writeString(
                Files.createDirectories(root.resolve(".discarded-1/images")).resolve("1.jpg"), "x");
        Stores.in(root).sweep();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsNotThereYetIsSweptToo() {
        Stores.in(root.resolve("datasets")).sweep();
        assertThat(root).isEmptyDirectory();
    }

    /** Stages a file, says so, and waits to be killed. */
    static final class UploadingProcess {

        private UploadingProcess() {}

        public static void main(String[] args) throws IOException {
            try (Staging staging = Staging.in(Path.of(args[0]))) {
                Files.createDirectory(staging.folder().resolve("images"));
                Files.writeString(staging.folder().resolve("images/1.jpg"), "x");
                System.out.println("begun");
                System.in.read();
            }
        }
    }
}
