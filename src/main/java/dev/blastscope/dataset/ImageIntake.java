package dev.blastscope.dataset;

import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the labelled images of a data set one by one, and records those that it leaves out. */
public abstract class ImageIntake {

    protected static final String OUTSIDE_CLASSES = "lies outside the class folders";
    protected static final String NO_CLASS =
            "the folder is named after none of the classes (" + ClassNames.EXPECTED + ")";
    protected static final String SUB_FOLDER = "sub-folders of a class are not read";
    protected static final String OUTSIDE_DATASET = "points outside the data set";
    protected static final String MISSING = "the file is missing";

    private static final Set<String> SYSTEM_FILES = Set.of("thumbs.db", "desktop.ini", "__macosx");

    private final Map<Path, LabelledImage> byFile = new HashMap<>();
    private final Set<Path> contradicted = new HashSet<>();
    private final List<Exclusion> problems = new ArrayList<>();

    /** Whether a file or folder is hidden, or one that operating systems add by themselves. */
    public static boolean isSystemFile(String name) {
        return name.startsWith(".") || SYSTEM_FILES.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Adds what a manifest lists, or leaves it out and says of the subject why.
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

    /** Adds the image, unless its file was added before. */
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
