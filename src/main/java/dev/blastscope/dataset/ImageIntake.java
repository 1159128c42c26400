package dev.blastscope.dataset;

import dev.blastscope.diagnosis.SmearClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes in the files of a data set one by one, and keeps account of those it leaves out. */
final class ImageIntake {

    private final Path root;
    private final Map<Path, LabelledImage> byFile = new HashMap<>();
    private final Set<Path> contradicted = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    /** Takes in files of this folder, and none that a link or a {@code ..} reaches outside it. */
    ImageIntake(Path folder) throws IOException {
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

    void leaveOut(String subject, String reason) {
        problems.add(new Problem(subject, reason));
    }

    /** Takes the file in, or leaves it out and says why of the subject. */
    void add(String subject, Path path, SmearClass label, Optional<String> group) throws IOException {
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
            addOnce(subject, new LabelledImage(nameOf(path), path.toRealPath(), label, group));
        }
    }

    private void addOnce(String subject, LabelledImage image) {
        LabelledImage first = byFile.putIfAbsent(image.path(), image);
        if (first == null) {
            return;
        }
        if (first.label() == image.label()) {
            leaveOut(subject, "is listed twice: the same file as " + first.name());
        } else {
            leaveOut(subject, "has another label than the same file, " + first.name() + ", which is left out too");
            contradicted.add(image.path());
        }
    }

    Dataset dataset() {
        List<LabelledImage> images = byFile.values().stream()
                .filter(image -> !contradicted.contains(image.path()))
                .sorted(Comparator.comparing(LabelledImage::name))
                .toList();
        return new Dataset(images, problems);
    }
}
