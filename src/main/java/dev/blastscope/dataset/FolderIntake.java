package dev.blastscope.dataset;

import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Takes in the files of a folder. */
final class FolderIntake extends ImageIntake {

    private final Path root;

    /** Takes in files of this folder, and none that a link or a {@code ..} reaches outside it. */
    FolderIntake(Path folder) throws IOException {
        root = folder.toRealPath();
    }

    /** The folder with every link resolved. */
    Path root() {
        return root;
    }

    /** The path relative to the folder, the same on every system. */
    String nameOf(Path path) {
        return root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
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
            leaveOut(subject, "the path is not one that this system can have");
        }
    }

    /** Takes the file in, or leaves it out and says why of the subject. */
    void add(String subject, Path path, SmearClass label, Optional<String> group, Optional<String> name)
            throws IOException {
        if (!path.startsWith(root)) {
            leaveOut(subject, "points outside the data set");
        } else if (!Files.exists(path)) {
            leaveOut(subject, "the file is missing");
        } else if (!holds(path)) {
            leaveOut(subject, "links to a file outside the data set");
        } else if (!Files.isRegularFile(path)) {
            leaveOut(subject, "is not a file");
        } else if (!Files.isReadable(path)) {
            leaveOut(subject, "the file may not be read");
        } else {
            addOnce(subject, new LabelledImage(name.orElseGet(() -> nameOf(path)), path.toRealPath(), label, group));
        }
    }
}
