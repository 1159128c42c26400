package dev.blastscope.datasetstore;

import dev.blastscope.dataset.ClassNames;
import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.FingerprintedImage;
import dev.blastscope.dataset.LabelledImage;
import dev.blastscope.dataset.ManifestReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/** The files of a data set that is being stored: its images, our own manifest of them, and the report. */
record StagedDataset(Path folder) {

    static final String REPORT = "report.json";

    static final String IMAGES = "images";
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(ManifestReader.ALL_COLUMNS.toArray(String[]::new))
            .setQuoteMode(QuoteMode.ALL)
            .get();

    /** Makes the folder of the images. */
    Path createImages() throws IOException {
        return Files.createDirectory(folder.resolve(IMAGES));
    }

    /** Completes the data set, and deletes the files that are not part of it. */
    void write(List<FingerprintedImage> images, DatasetReport report) throws IOException {
        keepOnly(images.stream().map(image -> image.image().path()).collect(Collectors.toSet()));
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(Dataset.MANIFEST));
                CSVPrinter manifest = new CSVPrinter(out, FORMAT)) {
            for (FingerprintedImage fingerprinted : images) {
                LabelledImage image = fingerprinted.image();
                manifest.printRecord(
                        IMAGES + "/" + image.path().getFileName(),
                        ClassNames.nameOf(image.label()),
                        image.group().orElse(""),
                        image.name());
            }
        }
        Files.write(folder.resolve(REPORT), report.toJson());
    }

    /** @throws DatasetRefused unless the folder holds the data set that the report describes, file by file */
    void requireToBe(DatasetReport expected) throws IOException, DatasetRefused {
        try {
            Dataset read = Dataset.read(folder);
            boolean same = DatasetReport.read(Files.readAllBytes(folder.resolve(REPORT)))
                            .isOfSameUpload(expected)
                    && expected.digest().equals(read.digestOfFiles());
            if (!same) {
                throw DatasetRefused.damaged(expected.name(), "its content does not match its digest");
            }
        } catch (NoSuchFileException | DatasetRejected | IllegalArgumentException e) {
            throw DatasetRefused.damaged(expected.name(), "some of its files are missing or were changed");
        }
    }

    private void keepOnly(Set<Path> used) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(IMAGES))) {
            for (Path file : files.filter(file -> !used.contains(file)).toList()) {
                Files.delete(file);
            }
        }
    }
}
