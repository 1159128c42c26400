package dev.blastscope.datasetstore;

import dev.blastscope.dataset.ClassNames;
import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.ImageIntake;
import dev.blastscope.dataset.LabelledImage;
import dev.blastscope.dataset.ManifestReader;
import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Collects the files of an archive, which were unpacked under names of our own. */
final class ArchiveIntake extends ImageIntake {

    private final NavigableMap<String, Path> files;
    private final Set<String> used = new HashSet<>();

    private ArchiveIntake(NavigableMap<String, Path> files) {
        this.files = files;
    }

    /**
     * Reads an archive that has a folder per class or a {@code manifest.csv}, at its top or in its only top folder.
     *
     * @param files the unpacked files by their names in the archive
     */
    static Dataset read(Map<String, Path> files) throws IOException, DatasetRejected {
        ArchiveIntake intake = new ArchiveIntake(withoutTopFolder(new TreeMap<>(files)));
        Path manifest = intake.files.get(Dataset.MANIFEST);
        if (manifest == null) {
            intake.readFolders();
        } else {
            intake.used.add(Dataset.MANIFEST);
            ManifestReader.read(manifest, Dataset.MANIFEST, intake);
            intake.leaveOutUnlisted();
        }
        return intake.dataset();
    }

    private static NavigableMap<String, Path> withoutTopFolder(NavigableMap<String, Path> files) {
        String first = files.isEmpty() ? "" : files.firstKey();
        String top = first.substring(0, first.indexOf('/') + 1);
        if (ClassNames.parse(top).isPresent() || !files.keySet().stream().allMatch(name -> name.startsWith(top))) {
            return files;
        }
        NavigableMap<String, Path> below = new TreeMap<>();
        files.forEach((name, file) -> below.put(name.substring(top.length()), file));
        return below;
    }

    private void readFolders() throws DatasetRejected {
        Set<String> reported = new HashSet<>();
        boolean anyClass = false;
        for (Map.Entry<String, Path> file : files.entrySet()) {
            String name = file.getKey();
            String folder = name.substring(0, Math.max(0, name.indexOf('/')));
            String subFolder = name.substring(0, Math.max(0, name.lastIndexOf('/')));
            Optional<SmearClass> label = ClassNames.parse(folder);
            anyClass |= label.isPresent();
            if (folder.isEmpty()) {
                leaveOut(name, OUTSIDE_CLASSES);
            } else if (label.isEmpty()) {
                leaveOutOnce(folder, NO_CLASS, reported);
            } else if (!subFolder.equals(folder)) {
                leaveOutOnce(subFolder, SUB_FOLDER, reported);
            } else {
                addOnce(name, new LabelledImage(name, file.getValue(), label.get(), Optional.empty()));
            }
        }
        if (!anyClass) {
            throw new DatasetRejected("The archive has no folder named after a class (" + ClassNames.EXPECTED
                    + ") at its top or in its only top folder: name them so, or list the images in a manifest.csv.");
        }
    }

    private void leaveOutOnce(String folder, String reason, Set<String> reported) {
        if (reported.add(folder)) {
            leaveOut(folder, reason);
        }
    }

    @Override
    public void add(String subject, String path, SmearClass label, Optional<String> group, Optional<String> name) {
        Optional<String> inArchive = ZipDirectory.normalise(path);
        Path file = inArchive.map(files::get).orElse(null);
        if (inArchive.isEmpty()) {
            leaveOut(subject, OUTSIDE_DATASET);
        } else if (file == null) {
            leaveOut(subject, MISSING);
        } else {
            used.add(inArchive.get());
            addOnce(subject, new LabelledImage(name.or(() -> inArchive).orElseThrow(), file, label, group));
        }
    }

    private void leaveOutUnlisted() {
        files.keySet().stream()
                .filter(name -> !used.contains(name))
                .forEach(name -> leaveOut(name, "is not listed in the manifest"));
    }
}
