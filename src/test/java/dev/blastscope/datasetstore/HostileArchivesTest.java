package dev.blastscope.datasetstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.blastscope.Smears;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zips that somebody made to do harm, or that broke on their way: refused by name, and nothing of them stays. */
class HostileArchivesTest {

    private static final byte[] SMEAR = Smears.jpeg(Smears.benign(1));
    private static final int CENTRAL_HEADER = 0x02014b50;

    private final Path root;

    HostileArchivesTest(@TempDir Path folder) {
        root = folder.resolve("datasets");
    }

    @AfterEach
    void nothingStays() {
        assertThat(root).isEmptyDirectory();
        assertThat(root.getParent()).isDirectoryNotContaining("glob:**evil*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.jpg",
                "benign/../../evil.jpg",
                "benign/..",
                "__MACOSX/../../evil",
                "benign\\..\\evil.jpg"
            })
    void namesThatLeadOutOfTheArchive(String name) {
        refusedFor("leads out of its folder", new Zip().add(name, SMEAR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/evil", "C:\\evil.jpg", "\\\\host\\evil", "c:evil"})
    void absoluteNames(String name) {
        refusedFor("absolute path", new Zip().add(name, SMEAR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"benign/a\nb.jpg", "benign/a\u0000.jpg", " "})
    void namesThatForgeOrHide(String name) {
        refusedFor("control characters", new Zip().add(name, SMEAR));
    }

    @ParameterizedTest
    @ValueSource(ints = {UnixStat.LINK_FLAG, 0010000, 0020000, 0060000, 0140000})
    void linksAndOtherSpecialFiles(int kind) {
        refusedFor(
                "special file",
                new Zip()
                        .add(
                                "benign/1.jpg",
                                "/etc/passwd".getBytes(StandardCharsets.UTF_8),
                                entry -> entry.setUnixMode(kind | 0644)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"benign/1.jpg", "benign/1.JPG", "BENIGN/1.jpg", "benign\\1.jpg", "./benign/1.jpg"})
    void namesThatSomeSystemTakesForTheSame(String name) {
        refusedFor(
                "name of an earlier entry", new Zip().add("benign/1.jpg", SMEAR).add(name, SMEAR));
    }

    @Test
    void namesThatUnicodeTakesForTheSame() {
        refusedFor(
                "name of an earlier entry",
                new Zip().add("benign/\u00e9.jpg", SMEAR).add("benign/e\u0301.jpg", SMEAR));
    }

    @Test
    void archivesInArchivesWhateverTheyAreCalled() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(SMEAR);
        }
        refusedFor(
                "archive or a compressed file",
                new Zip().add("benign/1.jpg", Zip.ofSmears("", 1).toBytes()));
        refusedFor("archive or a compressed file", new Zip().add("benign/1.jpg", gzip.toByteArray()));
    }

    @Test
    void entriesThatUnpackToVeryMuch() {
        refusedFor("the maximum ratio is 100", new Zip().add("benign/1.bmp", new byte[900_000]));
        refusedFor("at most 1,000,000 are accepted", new Zip().add("benign/1.bmp", new byte[1_000_001]));
    }

    @Test
    void unusualCompression() {
        Zip zip = new Zip().add("benign/1.jpg", new byte[0], entry -> {
            entry.setMethod(ZipMethod.BZIP2.getCode());
            entry.setSize(0);
        });
        refusedFor("unsupported method", zip);
    }

    @Test
    void encryptedEntries() {
        byte[] zip = new Zip().add("benign/1.jpg", SMEAR).toBytes();
        header(zip).putShort(8, (short) 0x0801);
        refusedFor("encrypted", zip);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, -1000})
    void entriesOfAnotherSizeThanTheyAnnounce(int lie) {
        byte[] zip = new Zip().add("benign/1.jpg", SMEAR).toBytes();
        header(zip).putInt(24, SMEAR.length + lie);
        refusedFor("another size than it declares", zip);
    }

    @Test
    void entriesThatDoNotMatchTheirChecksum() {
        byte[] zip = new Zip().add("benign/1.jpg", SMEAR).toBytes();
        header(zip).putInt(16, 1);
        refusedFor("does not match its checksum", zip);
    }

    @Test
    void damagedBytes() {
        byte[] zip = new Zip().add("benign/1.jpg", SMEAR).toBytes();
        Arrays.fill(zip, 60, 400, (byte) 0xff);
        refusedFor("damaged", zip);
    }

    @Test
    void entriesThatShareTheirBytes() {
        byte[] zip =
                new Zip().add("benign/1.jpg", SMEAR).add("benign/2.jpg", SMEAR).toBytes();
        ByteBuffer first = header(zip);
        first.putInt(20, zip.length - 1);
        assertThat(refusal(Stores.LIMITS, new ByteArrayInputStream(zip)).reason())
                .isEqualTo(ArchiveRefused.Reason.NOT_A_ZIP);
    }

    @Test
    void theFirstHundredOfManyAreNamedAndAllAreCounted() {
        Zip zip = new Zip();
        for (int i = 0; i < 150; i++) {
            zip.add("../" + i, "x");
        }
        ArchiveRefused refusal = refusal(Stores.LIMITS, zip.stream());
        assertThat(entries(refusal)).hasSize(100);
        assertThat(entries(refusal).get(99).entry()).isEqualTo(100);
        assertThat(refusal.facts()).containsEntry("refusalsInAll", 150);
    }

    @Test
    void tooManyEntriesEvenBeforeTheirDirectoryIsRead() {
        Zip few = new Zip();
        Zip many = new Zip();
        for (int i = 0; i < 30_000; i++) {
            (i < 11 ? few : many).add("benign/" + i, "x");
        }
        DatasetSettings ten = Stores.limits(50_000_000, 10, 1_000, 1_000_000, 100, 0);
        assertThat(refusal(ten, few.stream())).hasMessageContaining("11 entries; the maximum is 10");
        assertThat(refusal(ten, many.stream())).hasMessageContaining("directory is too long for 10 entries");
    }

    @Test
    void tooMuchInAll() {
        DatasetSettings small = Stores.limits(50_000_000, 10, 1_000_000, SMEAR.length, 100, 0);
        assertThat(refusal(small, new Zip().add("a", SMEAR).add("b", SMEAR).stream()))
                .hasMessageContaining("would unpack to");
    }

    @Test
    void uploadsWithoutAnEndAreReadNoFurtherThanAllowed() {
        DatasetSettings small = Stores.limits(1_000_000, 10, 1_000, 1_000, 100, 0);
        InputStream endless = new InputStream() {
            private long given;

            @Override
            public int read() {
                throw new AssertionError("byte by byte");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                given += length;
                assertThat(given).isLessThan(1_100_000);
                return length;
            }
        };
        assertThat(refusal(small, endless).reason()).isEqualTo(ArchiveRefused.Reason.TOO_LARGE);
    }

    @Test
    void uploadsThatAreCutShort() {
        byte[] zip = Zip.ofSmears("", 1).toBytes();
        InputStream broken = new FilterInputStream(new ByteArrayInputStream(zip, 0, 5_000)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                if (read < 0) {
                    throw new IOException("connection reset");
                }
                return read;
            }
        };
        assertThat(refusal(Stores.LIMITS, broken).reason()).isEqualTo(ArchiveRefused.Reason.CUT_SHORT);
        assertThat(refusal(Stores.LIMITS, new ByteArrayInputStream(zip, 0, 5_000))
                        .reason())
                .isEqualTo(ArchiveRefused.Reason.NOT_A_ZIP);
        assertThat(refusal(Stores.LIMITS, new ByteArrayInputStream(new byte[0])).reason())
                .isEqualTo(ArchiveRefused.Reason.NOT_A_ZIP);
    }

    private void refusedFor(String reason, Zip zip) {
        refusedFor(reason, zip.toBytes());
    }

    private void refusedFor(String reason, byte[] zip) {
        ArchiveRefused refusal = refusal(Stores.LIMITS, new ByteArrayInputStream(zip));
        assertThat(refusal.reason()).isEqualTo(ArchiveRefused.Reason.UNSAFE_ENTRIES);
        assertThat(refusal.facts()).containsEntry("refusalsInAll", 1);
        assertThat(entries(refusal)).singleElement().satisfies(entry -> {
            assertThat(entry.reason()).contains(reason);
            assertThat(entry.name()).doesNotContain("\n", "\u0000");
        });
    }

    private static List<ArchiveRefused.Entry> entries(ArchiveRefused refusal) {
        return ((List<?>) Objects.requireNonNull(refusal.facts().get("refusals")))
                .stream().map(ArchiveRefused.Entry.class::cast).toList();
    }

    private ArchiveRefused refusal(DatasetSettings limits, InputStream zip) {
        DatasetStore store = Stores.in(root, limits);
        ArchiveRefused refusal =
                catchThrowableOfType(ArchiveRefused.class, () -> store.put(new DatasetName("evil"), -1, zip));
        assertThat(refusal).as("the refusal").isNotNull();
        assertThat(Files.exists(root.resolve("evil"))).isFalse();
        return refusal;
    }

    /** The first entry of the directory, to be forged. */
    private static ByteBuffer header(byte[] zip) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (bytes.getInt(at) != CENTRAL_HEADER) {
            at++;
        }
        return bytes.slice(at, zip.length - at).order(ByteOrder.LITTLE_ENDIAN);
    }
}
