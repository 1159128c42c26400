package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureCacheTest {

    private static final String ORIGIN = "backbone-1";
    private static final String SHA256 = "0f".repeat(32);
    private static final float[] VECTOR = {1, -0.0f, Float.MIN_VALUE, 3.25f};

    private final Path folder;
    private final FeatureCache cache;

    FeatureCacheTest(@TempDir Path folder) {
        this.folder = folder;
        cache = new FeatureCache(folder.resolve("features"));
    }

    @Test
    void givesBackEveryBitAfterAnotherStart() {
        assertThat(cache.get(ORIGIN, SHA256, 4)).isEmpty();

        cache.put(ORIGIN, SHA256, VECTOR);

        assertThat(new FeatureCache(folder.resolve("features")).get(ORIGIN, SHA256, 4))
                .hasValueSatisfying(vector -> assertThat(bits(vector)).isEqualTo(bits(VECTOR)));
    }

    @Test
    void keepsApartWhatAnotherImageOrAnotherNetworkGave() {
        cache.put(ORIGIN, SHA256, VECTOR);

        assertThat(cache.get("backbone-2", SHA256, 4)).isEmpty();
        assertThat(cache.get(ORIGIN, "f0".repeat(32), 4)).isEmpty();
        assertThat(cache.get(ORIGIN, SHA256, 3)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 7, 19, 23})
    void takesATornFileForNone(int length) throws IOException {
        cache.put(ORIGIN, SHA256, VECTOR);
        Files.write(onlyFile(), Arrays.copyOf(Files.readAllBytes(onlyFile()), length));

        assertThat(cache.get(ORIGIN, SHA256, 4)).isEmpty();
    }

    @Test
    void takesAFileWithAnyBitFlippedForNoneAndMendsIt() throws IOException {
        cache.put(ORIGIN, SHA256, VECTOR);
        byte[] whole = Files.readAllBytes(onlyFile());
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(onlyFile(), flipped);
            assertThat(cache.get(ORIGIN, SHA256, 4)).as("bit %d", bit).isEmpty();
        }

        cache.put(ORIGIN, SHA256, VECTOR);

        assertThat(cache.get(ORIGIN, SHA256, 4)).isPresent();
    }

    @Test
    void leavesNothingUnfinishedBehind() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            cache.put(ORIGIN, SHA256, new float[] {random.nextFloat()});
        }

        assertThat(onlyFile()).isRegularFile();
    }

    @Test
    void sweepsWhatAKilledProcessLeftBehindButNotWhatIsBeingWritten() throws IOException {
        cache.put(ORIGIN, SHA256, VECTOR);
        Path abandoned = Files.writeString(onlyFile().resolveSibling("1.part"), "half");
        Path beingWritten = abandoned.resolveSibling("2.part");
        try (FileChannel channel =
                FileChannel.open(beingWritten, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.lock();

            cache.open();

            assertThat(abandoned).doesNotExist();
            assertThat(beingWritten).exists();
            assertThat(cache.get(ORIGIN, SHA256, 4)).isPresent();
        }
    }

    @Test
    void namesTheFolderThatCannotBeUsed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        FeatureCache impossible = new FeatureCache(file.resolve("features"));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> impossible.put(ORIGIN, SHA256, VECTOR))
                .withMessageContaining(file.toString());
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> impossible.get(ORIGIN, SHA256, 4))
                .withMessageContaining(file.toString());
    }

    private static byte[] bits(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("features"))) {
            return files.filter(Files::isRegularFile)
                    .reduce((a, b) -> {
                        throw new AssertionError("both " + a + " and " + b);
                    })
                    .orElseThrow();
        }
    }
}
