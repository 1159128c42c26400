package dev.blastscope.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    private final Path folder;

    AtomicFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void writesAndReplacesAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("below").resolve("file");

        AtomicFile.write(file, new byte[] {1, 2, 3});
        AtomicFile.write(file, new byte[] {4});

        assertThat(file).hasBinaryContent(new byte[] {4});
        assertThat(files()).containsExactly(file);
    }

    @Test
    void sweepsBesideAnyNumberOfWriters() throws IOException {
        Path abandoned = Files.writeString(folder.resolve("killed.part"), "half");
        CompletableFuture<?>[] writers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> write(folder.resolve("file-" + i % 2), (byte) i)))
                .toArray(CompletableFuture[]::new);
        CompletableFuture<?> all = CompletableFuture.allOf(writers);

        while (!all.isDone()) {
            AtomicFile.sweep(folder);
        }

        all.join();
        assertThat(abandoned).doesNotExist();
        assertThat(files()).containsExactly(folder.resolve("file-0"), folder.resolve("file-1"));
        for (Path file : files()) {
            byte[] content = Files.readAllBytes(file);
            byte[] whole = new byte[100_000];
            Arrays.fill(whole, content[0]);
            assertThat(content).isEqualTo(whole);
        }
    }

    @Test
    void sweepsAFolderThatIsNotThere() throws IOException {
        AtomicFile.sweep(folder.resolve("none"));

        assertThat(files()).isEmpty();
    }

    private static void write(Path file, byte value) {
        byte[] content = new byte[100_000];
        Arrays.fill(content, value);
        try {
            for (int i = 0; i < 200; i++) {
                AtomicFile.write(file, content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
