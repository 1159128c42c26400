package dev.blastscope.dataset;

import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Collects the files of a folder, and none that a link or a {@code ..} reaches outside it. */
final class FolderIntake extends ImageIntake {

    private final Path root;

    FolderIntake(Path folder) throws IOException {
        root = folder.toRealPath();
    }

    /** Reads a folder that has a sub-folder per class. */
    static Dataset read(Path folder) throws IOException, DatasetRejected {
        FolderIntake intake = new FolderIntake(folder);
        boolean anyClass = false;
        for (Path entry : entries(intake.root)) {
            anyClass |= intake.readTopLevel(entry);
        }
        if (!anyClass) {
            throw new DatasetRejected(
                    "The folder '" + folder.getFileName() + "' has no sub-folder named after a class ("
                            + ClassNames.EXPECTED + "): name them so, or list the images in a manifest.csv.");
        }
        return intake.dataset();
    }

    /** Whether the path, which must exist, is in the folder after every link is followed. */
    boolean holds(Path path) throws IOException {
        return path.toRealPath().startsWith(root);
    }

    @Override
    public void add(String subject, String path, SmearClass label, Optional<String> group, Optional<String> name)
            throws IOException {
        try {
            add(subject, root.resolve(path).normalize(), label, group, name);
        } catch (InvalidPathException e) {
            leaveOut(subject, "the path is not valid on this system");
        }
    }

    private void add(String subject, Path path, SmearClass label, Optional<String> group, Optional<String> name)
            throws IOException {
        if (!path.startsWith(root)) {
            leaveOut(subject, OUTSIDE_DATASET);
        } else if (!Files.exists(path)) {
            leaveOut(subject, MISSING);
        } else if (!holds(path)) {
            leaveOut(subject, "links to a file outside the data set");
        } else if (!Files.isRegularFile(path)) {
            leaveOut(subject, "is not a file");
        } else if (!Files.isReadable(path)) {
            leaveOut(subject, "the file is not readable: check its permissions");
        } else {
            addOnce(subject, new LabelledImage(name.orElseGet(() -> nameOf(path)), path.toRealPath(), label, group));
        }
    }

    /** Reads a class's folder, or leaves the entry out; whether it is a class's folder. */
    private boolean readTopLevel(Path entry) throws IOException {
        String name = nameOf(entry);
        Optional<SmearClass> label = ClassNames.parse(name);
        if (!Files.isDirectory(entry)) {
            leaveOut(name, OUTSIDE_CLASSES);
        } else if (label.isEmpty()) {
            leaveOut(name, NO_CLASS);
        } else if (holds(entry)) {
            readClass(entry, label.get());
            return true;
        } else {
            leaveOut(name, "links to a folder outside the data set");
        }
        return false;
    }

    private void readClass(Path folder, SmearClass label) throws IOException {
        if (!Files.isReadable(folder)) {
            leaveOut(nameOf(folder), "the folder is not readable: check its permissions");
            return;
        }
        for (Path file : entries(folder)) {
            if (Files.isDirectory(file)) {
                leaveOut(nameOf(file), SUB_FOLDER);
            } else {
                add(nameOf(file), file, label, Optional.empty(), Optional.empty());
            }
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !isSystemFile(String.valueOf(entry.getFileName())))
                    .sorted()
                    .toList();
        }
    }

    /** The path relative to the folder, the same on every system. */
    private String nameOf(Path path) {
        return root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}
