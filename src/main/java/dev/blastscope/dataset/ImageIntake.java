package dev.blastscope.dataset;

import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes in the images of a data set one by one, and keeps account of those it leaves out. */
public abstract class ImageIntake {

    private final Map<Path, LabelledImage> byFile = new HashMap<>();
    private final Set<Path> contradicted = new HashSet<>();
    private final List<Exclusion> problems = new ArrayList<>();

    /**
     * Takes in what a manifest lists, or leaves it out and says why of the subject.
     *
     * @param path where it lies, relative to the manifest
     * @param name what the image is called, if not after its path
     */
    public abstract void add(
            String subject, String path, SmearClass label, Optional<String> group, Optional<String> name)
            throws IOException;

    public final void leaveOut(String subject, String reason) {
        problems.add(new Exclusion(subject, reason));
    }

    /** Takes the image in, unless its file was taken in before. */
    public final void addOnce(String subject, LabelledImage image) {
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

    public final Dataset dataset() {
        List<LabelledImage> images = byFile.values().stream()
                .filter(image -> !contradicted.contains(image.path()))
                .sorted(Comparator.comparing(LabelledImage::name).thenComparing(LabelledImage::path))
                .toList();
        return new Dataset(images, problems);
    }
}
