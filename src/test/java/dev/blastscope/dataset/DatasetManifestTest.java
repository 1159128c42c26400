package dev.blastscope.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetManifestTest {

    private final Path folder;

    DatasetManifestTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void imagesLieInTheFolder() throws IOException {
        Files.createDirectories(folder.resolve("img"));
        for (String name : new String[] {"img/1.jpg", "img/2.jpg", "img/a, \"b\".jpg", "3.jpg"}) {
            Files.writeString(folder.resolve(name), name);
        }
    }

    @Test
    void readsPathsLabelsAndGroups() throws Exception {
        Dataset dataset = read("""
                path,label,group
                img/2.jpg, Early Pre-B , patient 7
                img/1.jpg,benign,

                "img/a, ""b"".jpg",pro,"patient
                8"
                """);

        assertThat(dataset.problems()).isEmpty();
        assertThat(dataset.images())
                .extracting(LabelledImage::name, LabelledImage::label, LabelledImage::group)
                .containsExactly(
                        tuple("img/1.jpg", SmearClass.BENIGN, Optional.empty()),
                        tuple("img/2.jpg", SmearClass.EARLY_PRE_B, Optional.of("patient 7")),
                        tuple("img/a, \"b\".jpg", SmearClass.PRO_B, Optional.of("patient\n8")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFFpath,label\n3.jpg,pre\n", "Path,LABEL\r\n3.jpg,Pre\r\n", "path,label\n3.jpg,pre"})
    void toleratesWhatSpreadsheetsWrite(String text) throws Exception {
        assertThat(read(text).images()).extracting(LabelledImage::label).containsExactly(SmearClass.PRE_B);
    }

    @Test
    void namesTheLineOfEachRowThatItLeavesOut(@TempDir Path outside) throws Exception {
        Files.createSymbolicLink(folder.resolve("link.jpg"), Files.createFile(outside.resolve("secret.jpg")));

        Dataset dataset = read("""
                path,label
                img/gone.jpg,pre
                img/1.jpg,leukaemia
                "img/split
                .jpg",pre
                ../secret.jpg,pre
                /etc/hostname,pre
                link.jpg,pre
                img,pre
                img/2.jpg
                3.jpg,pre
                ./img/../3.jpg,pre
                """);

        assertThat(dataset.images()).extracting(LabelledImage::name).containsExactly("3.jpg");
        assertThat(dataset.problems())
                .extracting(Exclusion::toString)
                .containsExactly(
                        "manifest.csv, line 2 (img/gone.jpg): the file is missing",
                        "manifest.csv, line 3: the label 'leukaemia' is none of benign, early_pre_b, pre_b, pro_b",
                        "manifest.csv, line 4 (img/split .jpg): the file is missing",
                        "manifest.csv, line 6 (../secret.jpg): points outside the data set",
                        "manifest.csv, line 7 (/etc/hostname): points outside the data set",
                        "manifest.csv, line 8 (link.jpg): links to a file outside the data set",
                        "manifest.csv, line 9 (img): is not a file",
                        "manifest.csv, line 10: the number of columns is 1, but 2 in the header",
                        "manifest.csv, line 12 (./img/../3.jpg): is listed twice: the same file as 3.jpg");
    }

    @Test
    void leavesOutAFileWithTwoLabels() throws Exception {
        Dataset dataset = read("path,label\n3.jpg,pre\n3.jpg,pro\nimg/1.jpg,pre\n");

        assertThat(dataset.images()).extracting(LabelledImage::name).containsExactly("img/1.jpg");
        assertThat(dataset.problems())
                .containsExactly(new Exclusion(
                        "manifest.csv, line 3 (3.jpg)",
                        "has another label than the same file, 3.jpg, which is left out too"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3.jpg,pre\n", "path;label\n3.jpg;pre\n", "path,label,patient\n", "path,label,path\n"})
    void refusesAnotherHeader(String text) {
        assertThatExceptionOfType(DatasetRejected.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining("must begin with the header path,label or path,label,group");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"img/1.jpg,pre\n", "\"img\"/1.jpg,pre\n"})
    void refusesWhatIsNoCsv(String row) {
        assertThatExceptionOfType(DatasetRejected.class)
                .isThrownBy(() -> read("path,label\n3.jpg,pre\n" + row))
                .withMessageContaining("from line 3 on: check its quotes");
    }

    @Test
    void refusesWhatIsNoUtf8() throws Exception {
        Path manifest = folder.resolve("latin.csv");
        Files.write(manifest, "path,label\né.jpg,pre\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(DatasetRejected.class)
                .isThrownBy(() -> Dataset.read(manifest))
                .withMessageContaining("not UTF-8");
    }

    @Test
    void refusesAManifestThatIsALinkOutOfTheFolder(@TempDir Path outside) throws Exception {
        Path secret = Files.writeString(outside.resolve("secret.csv"), "path,label\n");
        Files.createSymbolicLink(folder.resolve("manifest.csv"), secret);

        assertThatExceptionOfType(DatasetRejected.class)
                .isThrownBy(() -> Dataset.read(folder))
                .withMessageContaining("link that leaves its folder");
    }

    private Dataset read(String text) throws Exception {
        Files.writeString(folder.resolve("manifest.csv"), text);
        Dataset byFolder = Dataset.read(folder);
        assertThat(Dataset.read(folder.resolve("manifest.csv"))).isEqualTo(byFolder);
        return byFolder;
    }
}
