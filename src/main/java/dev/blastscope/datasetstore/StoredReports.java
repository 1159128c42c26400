package dev.blastscope.datasetstore;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The reports of the data sets in a folder, which need not be there. */
record StoredReports(Path root) {

    /** All of them, by name. */
    List<DatasetReport> all() throws IOException {
        List<DatasetReport> reports = new ArrayList<>();
        if (!Files.isDirectory(root)) {
            return reports;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
            for (Path folder : folders) {
                find(String.valueOf(folder.getFileName())).ifPresent(reports::add);
            }
        }
        reports.sort(Comparator.comparing(DatasetReport::name));
        return reports;
    }

    Optional<DatasetReport> find(String name) throws IOException {
        Optional<DatasetName> valid = DatasetName.parse(name);
        return valid.isPresent() ? read(root.resolve(valid.get().value())) : Optional.empty();
    }

    private static Optional<DatasetReport> read(Path folder) throws IOException {
        try {
            return Optional.of(DatasetReport.read(Files.readAllBytes(folder.resolve(StagedDataset.REPORT))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
