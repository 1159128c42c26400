package dev.blastscope.dataset;

import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a folder that has a sub-folder per class. */
public final class FolderReader {

    public static final String OUTSIDE_CLASSES = "lies outside the class folders";
    public static final String NO_CLASS = "the folder is named after no class (" + ClassNames.EXPECTED + ")";
    public static final String SUB_FOLDER = "sub-folders of a class are not read";

    private static final Set<String> SYSTEM_FILES = Set.of("thumbs.db", "desktop.ini", "__macosx");

    private final FolderIntake intake;
    private boolean anyClass;

    private FolderReader(FolderIntake intake) {
        this.intake = intake;
    }

    static Dataset read(Path folder) throws IOException, DatasetRejected {
        FolderIntake intake = new FolderIntake(folder);
        FolderReader reader = new FolderReader(intake);
        for (Path entry : entries(intake.root())) {
            reader.readTopLevel(entry);
        }
        if (!reader.anyClass) {
            throw new DatasetRejected(
                    "The folder '" + folder.getFileName() + "' has no sub-folder named after a class ("
                            + ClassNames.EXPECTED + "): name them so, or list the images in a manifest.csv.");
        }
        return intake.dataset();
    }

    private void readTopLevel(Path entry) throws IOException {
        String name = intake.nameOf(entry);
        Optional<SmearClass> label = ClassNames.parse(name);
        if (!Files.isDirectory(entry)) {
            intake.leaveOut(name, OUTSIDE_CLASSES);
        } else if (label.isEmpty()) {
            intake.leaveOut(name, NO_CLASS);
        } else if (intake.holds(entry)) {
            anyClass = true;
            readClass(entry, label.get());
        } else {
            intake.leaveOut(name, "links to a folder outside the data set");
        }
    }

    private void readClass(Path folder, SmearClass label) throws IOException {
        if (!Files.isReadable(folder)) {
            intake.leaveOut(intake.nameOf(folder), "the folder may not be read");
            return;
        }
        for (Path file : entries(folder)) {
            if (Files.isDirectory(file)) {
                intake.leaveOut(intake.nameOf(file), SUB_FOLDER);
            } else {
                intake.add(intake.nameOf(file), file, label, Optional.empty(), Optional.empty());
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

    /** Whether it is hidden, or something that an operating system leaves behind in folders. */
    public static boolean isSystemFile(String name) {
        return name.startsWith(".") || SYSTEM_FILES.contains(name.toLowerCase(Locale.ROOT));
    }
}
