package dev.blastscope.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFolderTest {

    private final Path folder;

    DatasetFolderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsTheFolderThatKaggleHandsOut() throws Exception {
        for (String name :
                new String[] {"Pro/p2.jpg", "Benign/b.jpg", "Early/e.jpg", "Pre/x.png", "Pro/p10", "Pro/p1.jpg"}) {
            file(name);
        }

        Dataset dataset = Dataset.read(folder);

        assertThat(dataset.problems()).isEmpty();
        assertThat(dataset.images())
                .extracting(LabelledImage::name)
                .containsExactly("Benign/b.jpg", "Early/e.jpg", "Pre/x.png", "Pro/p1.jpg", "Pro/p10", "Pro/p2.jpg");
        assertThat(dataset.images())
                .extracting(LabelledImage::label)
                .startsWith(SmearClass.BENIGN, SmearClass.EARLY_PRE_B, SmearClass.PRE_B, SmearClass.PRO_B);
        assertThat(dataset.images()).allSatisfy(image -> {
            assertThat(image.group()).isEmpty();
            assertThat(image.path()).isEqualTo(folder.toRealPath().resolve(image.name()));
        });
    }

    @Test
    void namesEachThingThatItLeavesOut() throws Exception {
        file("benign/1.jpg");
        file("benign/old/2.jpg");
        file("Segmented/3.jpg");
        file("README.md");

        assertThat(Dataset.read(folder).problems())
                .extracting(Exclusion::toString)
                .containsExactly(
                        "README.md: lies outside the class folders",
                        "Segmented: the folder is named after none of the classes (benign, early_pre_b, pre_b, pro_b)",
                        "benign/old: sub-folders of a class are not read");
    }

    @Test
    void passesOverHiddenAndSystemFilesInSilence() throws Exception {
        for (String name : new String[] {
            "pre/1.jpg",
            ".git/x",
            ".DS_Store",
            "pre/.DS_Store",
            "pre/Thumbs.db",
            "pre/desktop.ini",
            "pre/._1.jpg",
            "__MACOSX/x"
        }) {
            file(name);
        }

        Dataset dataset = Dataset.read(folder);

        assertThat(dataset.images()).extracting(LabelledImage::name).containsExactly("pre/1.jpg");
        assertThat(dataset.problems()).isEmpty();
    }

    @Test
    void followsNoLinkOutOfTheFolder(@TempDir Path outside) throws Exception {
        Files.writeString(outside.resolve("secret.jpg"), "secret");
        file("pre/1.jpg");
        Files.createSymbolicLink(folder.resolve("pre/2.jpg"), outside.resolve("secret.jpg"));
        Files.createSymbolicLink(folder.resolve("pre/3.jpg"), outside.resolve("gone.jpg"));
        Files.createSymbolicLink(folder.resolve("pro"), outside);

        Dataset dataset = Dataset.read(folder);

        assertThat(dataset.images()).extracting(LabelledImage::name).containsExactly("pre/1.jpg");
        assertThat(dataset.problems())
                .extracting(Exclusion::toString)
                .containsExactly(
                        "pre/2.jpg: links to a file outside the data set",
                        "pre/3.jpg: the file is missing",
                        "pro: links to a folder outside the data set");
    }

    @Test
    void takesAFileOnceWhenALinkListsItTwice() throws Exception {
        file("pre/1.jpg");
        Files.createSymbolicLink(folder.resolve("pre/2.jpg"), folder.resolve("pre/1.jpg"));

        Dataset dataset = Dataset.read(folder);

        assertThat(dataset.images()).hasSize(1);
        assertThat(dataset.problems())
                .containsExactly(new Exclusion("pre/2.jpg", "is listed twice: the same file as pre/1.jpg"));
    }

    @Test
    void refusesWhatIsNoDataSet() throws Exception {
        file("Original/Benign/1.jpg");
        file("notes.txt");

        assertThatExceptionOfType(DatasetRejected.class)
                .isThrownBy(() -> Dataset.read(folder))
                .withMessageContaining("benign, early_pre_b, pre_b, pro_b");
        assertThatExceptionOfType(DatasetRejected.class)
                .isThrownBy(() -> Dataset.read(folder.resolve("absent")))
                .withMessage("The data set 'absent' does not exist.");
        assertThatExceptionOfType(DatasetRejected.class)
                .isThrownBy(() -> Dataset.read(folder.resolve("notes.txt")))
                .withMessageContaining("neither a folder nor a .csv file");
    }

    private void file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, name);
    }
}
