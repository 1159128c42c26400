package dev.blastscope.dataset;

import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The labelled files of a data set on disk.
 *
 * @param images in the order of their names, whatever the order on disk or in the manifest
 * @param problems what was left out, one by one
 */
public record Dataset(List<LabelledImage> images, List<Exclusion> problems) {

    public static final String MANIFEST = "manifest.csv";

    public Dataset {
        images = List.copyOf(images);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a folder with a sub-folder per class, a folder that holds a {@code manifest.csv}, or a manifest.
     *
     * <p>Files are not chosen by their extension: decoding decides by their content.
     *
     * @throws DatasetRejected when nothing of it can be used
     */
    public static Dataset read(Path location) throws DatasetRejected {
        String name = String.valueOf(location.getFileName());
        if (!Files.exists(location)) {
            throw new DatasetRejected("The data set '" + name + "' does not exist.");
        }
        try {
            if (Files.isDirectory(location)) {
                Path manifest = location.resolve(MANIFEST);
                return Files.exists(manifest) ? ManifestReader.read(manifest) : FolderIntake.read(location);
            }
            if (name.toLowerCase(Locale.ROOT).endsWith(".csv")) {
                return ManifestReader.read(location);
            }
        } catch (IOException e) {
            throw new DatasetRejected("The data set '" + name + "' cannot be read: check its permissions.", e);
        }
        throw new DatasetRejected("The data set '" + name + "' is neither a folder nor a .csv file: give a folder with "
                + "a sub-folder per class (" + ClassNames.EXPECTED + ") or a manifest with the columns "
                + ManifestReader.COLUMNS + ".");
    }

    /**
     * Rejects at once what no image's content could save, before minutes are spent on decoding.
     *
     * @throws DatasetRejected naming every class that has too few files to be trained on
     */
    public void requireEnoughFiles() throws DatasetRejected {
        List<SmearClass> labels = images.stream().map(LabelledImage::label).toList();
        DatasetRules.requireTrainable(IntStream.range(0, labels.size()).boxed().toList(), labels, problems);
    }

    /** What {@link Inspection#digest()} would be, of files that nobody has decoded; each is read. */
    public String digestOfFiles() throws IOException {
        return DatasetDigest.ofFiles(images);
    }
}
