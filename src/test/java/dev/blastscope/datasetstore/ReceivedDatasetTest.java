package dev.blastscope.datasetstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.dataset.FingerprintedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedDatasetTest {

    private final DatasetStore from;
    private final DatasetStore to;
    private final Path root;
    private DatasetReport report;
    private byte[] packed;

    ReceivedDatasetTest(@TempDir Path folder) {
        from = Stores.in(folder.resolve("from"));
        root = folder.resolve("to");
        to = Stores.in(root);
    }

    @BeforeEach
    void pack() throws Exception {
        report = Stores.put(from, "smears", Zip.ofSmears("", 2)).report();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        from.pack("smears", out);
        packed = out.toByteArray();
    }

    @Test
    void isTheSameToTheLastByte() throws Exception {
        Path folder = receive(packed);
        assertThat(to.reports()).containsExactly(report);
        assertThat(contents(folder)).isEqualTo(contents(from.folder("smears"))).hasSize(10);
        assertThat(receive(packed)).as("again").isEqualTo(folder);
    }

    @Test
    void aStreamThatIsCutShortOrNoneIsRefused() {
        isRefused(Arrays.copyOf(packed, packed.length / 2));
        isRefused(new byte[0]);
        isRefused("no tar at all".repeat(100).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void anotherContentThanTheReportTellsOfIsRefused() {
        byte[] smear = new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
        int at = 0;
        while (!Arrays.equals(Arrays.copyOfRange(packed, at, at + smear.length), smear)) {
            at++;
        }
        packed[at + 600] ^= 1;
        isRefused(packed);
    }

    @Test
    void anotherDataSetIsRefused() throws Exception {
        Stores.put(from, "others", Zip.ofSmears("", 2));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        from.pack("others", out);
        isRefused(out.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../evil.csv", "/tmp/evil.csv", "images/../../evil.csv", "images/evil.jpg", "images/", "a/b.c"})
    void aNameThatNoDataSetHasIsRefused(String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
        tar.putArchiveEntry(new TarArchiveEntry(name, true));
        tar.closeArchiveEntry();
        tar.finish();
        isRefused(out.toByteArray());
    }

    @Test
    void theRoomThatTheOperatorKeepsFreeIsKept() {
        DatasetReport huge = new DatasetReport(
                "smears",
                report.digest(),
                Instant.now(),
                Long.MAX_VALUE / 2,
                Map.of(),
                Map.of(),
                0,
                0,
                report.refused());
        assertThatExceptionOfType(DatasetRefused.class)
                .isThrownBy(() -> to.receive(huge, new ByteArrayInputStream(packed)));
    }

    private Path receive(byte[] stream) throws DatasetRefused {
        return to.receive(report, new ByteArrayInputStream(stream));
    }

    private void isRefused(byte[] stream) {
        assertThatExceptionOfType(DatasetRefused.class)
                .isThrownBy(() -> receive(stream))
                .withMessageContaining("Data set smears cannot be used");
        assertThat(root).isEmptyDirectory();
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
            Map<String, String> contents = new TreeMap<>();
            for (Path file : files.toList()) {
                contents.put(folder.relativize(file).toString(), FingerprintedImage.sha256(Files.readAllBytes(file)));
            }
            return contents;
        }
    }
}
