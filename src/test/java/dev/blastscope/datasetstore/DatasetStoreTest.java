package dev.blastscope.datasetstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.blastscope.Smears;
import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.Exclusion;
import dev.blastscope.dataset.LabelledImage;
import dev.blastscope.prediction.SmearClass;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetStoreTest {

    private final Path root;
    private final DatasetStore store;

    DatasetStoreTest(@TempDir Path folder) {
        root = folder.resolve("datasets");
        store = Stores.in(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "leukemia/"})
    void storesAFolderPerClassUnderNamesOfItsOwn(String top) throws Exception {
        Datasets.Stored stored = Stores.put(store, "smears", Zip.ofSmears(top, 2));

        assertThat(stored.created()).isTrue();
        assertThat(stored.report().images()).isEqualTo(Map.of("benign", 2, "early_pre_b", 2, "pre_b", 2, "pro_b", 2));
        assertThat(stored.report().refused()).isEmpty();
        assertThat(store.report("smears")).isEqualTo(stored.report());
        assertThat(store.reports()).containsExactly(stored.report());
        Dataset read = Dataset.read(store.folder("smears"));
        assertThat(read.problems()).isEmpty();
        assertThat(read.images()).extracting(LabelledImage::name).startsWith("benign/1.jpg", "benign/2.jpg");
        assertThat(read.images())
                .allSatisfy(image ->
                        assertThat(image.path().getFileName().toString()).matches("[0-9]{6}\\.jpg"));
        assertThat(root).isDirectoryContaining(path -> path.endsWith("smears"));
        try (var left = Files.list(root)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void knowsTheNamesOfKaggleAndSkipsWhatSystemsAdd() throws Exception {
        Zip zip = new Zip()
                .add("Original/Benign/WBC-Benign-001.jpg", Smears.jpeg(Smears.benign(1)))
                .add("Original/[Malignant] early Pre-B/WBC-Malignant-Early-001.jpg", Smears.jpeg(Smears.earlyPreB(1)))
                .add("Original/Pre/1.jpg", Smears.jpeg(Smears.preB(1)))
                .add("Original/Pro/1.jpg", Smears.jpeg(Smears.proB(1)))
                .add("Original/Pro/", "")
                .add("__MACOSX/Original/Pro/._1.jpg", "x")
                .add("Original/.DS_Store", "x")
                .add("Original/Pro/Thumbs.db", "x");

        DatasetReport report = Stores.put(store, "kaggle", zip).report();

        assertThat(report.images()).isEqualTo(Map.of("benign", 1, "early_pre_b", 1, "pre_b", 1, "pro_b", 1));
        assertThat(report.refused()).isEmpty();
    }

    @Test
    void readsTheManifestOfAnArchiveWithItsGroups() throws Exception {
        Zip zip = Zip.ofSmears("top/", 1).add("top/manifest.csv", """
                        path,label,group
                        benign/1.jpg,benign,patient 1
                        ./early_pre_b/1.jpg,early,patient 2
                        pre_b/1.jpg,pre,
                        pro_b/1.jpg,pro,"two
                        lines"
                        pro_b/2.jpg,pro,
                        ../out.jpg,pro,
                        """).add("top/notes.txt", "not listed");

        DatasetReport report = Stores.put(store, "listed", zip).report();

        assertThat(Dataset.read(store.folder("listed")).images())
                .extracting(LabelledImage::name, LabelledImage::group)
                .containsExactly(
                        tuple("benign/1.jpg", Optional.of("patient 1")),
                        tuple("early_pre_b/1.jpg", Optional.of("patient 2")),
                        tuple("pre_b/1.jpg", Optional.empty()),
                        tuple("pro_b/1.jpg", Optional.of("two\nlines")));
        assertThat(report.refused())
                .extracting(Exclusion::toString)
                .containsExactly(
                        "manifest.csv, line 7 (pro_b/2.jpg): the file is missing",
                        "manifest.csv, line 8 (../out.jpg): points outside the data set",
                        "notes.txt: is not listed in the manifest");
    }

    @Test
    void aStoredDataSetThatIsSentAgainIsTheSame() throws Exception {
        DatasetReport first = Stores.put(store, "first", Zip.ofSmears("", 3)).report();
        DatasetReport again =
                Stores.put(store, "again", Zip.of(store.folder("first"))).report();

        assertThat(again.digest()).isEqualTo(first.digest());
        assertThat(again.groups()).isEqualTo(first.groups());
        assertThat(Dataset.read(store.folder("again")).images())
                .extracting(LabelledImage::name)
                .startsWith("benign/1.jpg", "benign/2.jpg", "benign/3.jpg");
    }

    @Test
    void reportsWhatItLeavesOutAndWhy() throws Exception {
        byte[] smear = Smears.jpeg(Smears.benign(9));
        Zip zip = Zip.ofSmears("", 1)
                .add("benign/copy.jpg", smear)
                .add("benign/copy2.jpg", smear)
                .add("pro_b/torn.jpg", Arrays.copyOf(smear, smear.length / 2))
                .add("pro_b/notes.txt", "a text")
                .add("pro_b/sub/1.jpg", smear)
                .add("pre_b/twice.jpg", Smears.jpeg(Smears.benign(1)))
                .add("others/1.jpg", smear)
                .add("readme.txt", "a text");

        DatasetReport report = Stores.put(store, "mixed", zip).report();

        assertThat(report.images()).isEqualTo(Map.of("benign", 2, "early_pre_b", 1, "pre_b", 1, "pro_b", 1));
        assertThat(report.exactDuplicatePairs()).isEqualTo(1);
        assertThat(report.refused())
                .extracting(Exclusion::subject)
                .containsExactly(
                        "others",
                        "pro_b/sub",
                        "readme.txt",
                        "pro_b/notes.txt",
                        "pro_b/torn.jpg",
                        "benign/1.jpg",
                        "pre_b/twice.jpg");
    }

    @Test
    void refusesADataSetWithoutImagesOfAClass() {
        Zip zip = new Zip().add("benign/1.jpg", Smears.jpeg(Smears.benign(1))).add("pro_b/1.jpg", "text");
        assertThatExceptionOfType(DatasetRejected.class)
                .isThrownBy(() -> Stores.put(store, "poor", zip))
                .withMessageContaining("early_pre_b, pre_b, pro_b")
                .satisfies(e -> assertThat(e.problems()).hasSize(1));
        assertThatExceptionOfType(DatasetRejected.class)
                .isThrownBy(() -> Stores.put(store, "poor", new Zip().add("a/1.jpg", "x")))
                .withMessageContaining("no folder named after a class");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aStoredDataSetNeverChanges() throws Exception {
        DatasetReport first = Stores.put(store, "smears", Zip.ofSmears("", 1)).report();

        Datasets.Stored same = Stores.put(store, "smears", Zip.ofSmears("top/", 1));
        assertThat(same.created()).isFalse();
        assertThat(same.report()).isEqualTo(first);
        assertThatExceptionOfType(DatasetRefused.class)
                .isThrownBy(() -> Stores.put(store, "smears", Zip.ofSmears("", 2)))
                .withMessageContaining("other content");

        store.delete("smears");
        assertThat(root).isEmptyDirectory();
        assertThat(Stores.put(store, "smears", Zip.ofSmears("", 2)).created()).isTrue();
    }

    @Test
    void ofTwoUploadsOfOneNameAtOnceOneWins() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        InputStream slow = new PausedStream(Zip.ofSmears("", 1).stream(), begun, goOn);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Datasets.Stored> first = other.submit(() -> store.put(new DatasetName("one"), -1, slow));
            begun.await();
            store.sweep();
            assertThatExceptionOfType(DatasetRefused.class)
                    .isThrownBy(() -> Stores.put(store, "one", Zip.ofSmears("", 2)))
                    .withMessageContaining("being uploaded");
            goOn.countDown();
            assertThat(first.get().created()).isTrue();
        } finally {
            other.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "..", "../datasets/smears", "SMEARS", "", ".staging-1"})
    void knowsNoOtherNames(String name) throws Exception {
        Stores.put(store, "smears", Zip.ofSmears("", 1));
        assertThatExceptionOfType(DatasetRefused.class).isThrownBy(() -> store.folder(name));
        assertThatExceptionOfType(DatasetRefused.class).isThrownBy(() -> store.delete(name));
    }

    @Test
    void anImageKeepsItsNumberAndSeries() throws Exception {
        Stores.put(store, "smears", Zip.ofSmears("", 1));
        assertThat(Dataset.read(store.folder("smears")).images())
                .filteredOn(image -> image.label() == SmearClass.PRO_B)
                .extracting(LabelledImage::series, LabelledImage::number)
                .containsExactly(tuple("pro_b/", 1L));
    }
}
