package dev.blastscope.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Blastscope;
import dev.blastscope.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: its exit code, and nothing on its streams but what a user is meant to read. */
class ProgramIT {

    private final Path folder;

    ProgramIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aCommandWritesNothingButItsResults() throws Exception {
        int exitCode = run("predict", "--home", folder.toString(), "samples/benign.jpg", "samples/README.md");

        assertThat(exitCode).isEqualTo(1);
        assertThat(Files.readAllLines(folder.resolve("out")))
                .hasSize(3)
                .anyMatch(line -> line.matches("samples/benign.jpg\t(BENIGN|REVIEW)\t0\\..*"))
                .anyMatch(line -> line.startsWith("samples/README.md\tREFUSED\t"));
        assertThat(Files.readAllLines(folder.resolve("err")))
                .singleElement()
                .asString()
                .startsWith("Model embedded in int8, sha256:");
    }

    @Test
    void aWordThatIsNoCommandDoesNotStartTheService() throws Exception {
        assertThat(run("tran", "--dataset", "smears")).isEqualTo(2);
        assertThat(folder.resolve("out")).isEmptyFile();
        assertThat(Files.readAllLines(folder.resolve("err")).get(0)).startsWith("Unmatched argument");
    }

    @Test
    void theVersionIsTold() throws Exception {
        assertThat(run("--version")).isZero();
        assertThat(folder.resolve("out")).content().startsWith("blastscope ");
    }

    private int run(String... arguments) throws IOException, InterruptedException {
        return Jvm.running(Blastscope.class, (Object[]) arguments)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start()
                .waitFor();
    }
}
