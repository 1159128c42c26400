package dev.blastscope;

import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes data sets of drawn smears: a folder for each class, as the commands expect it. */
public final class SmearFolder {

    private SmearFolder() {}

    /** All four classes, so many images of each, called 1.png, 2.png and so on. */
    public static Path write(Path folder, int imagesPerClass) throws IOException {
        return write(folder, 1, imagesPerClass);
    }

    /** Those that begin with the seed {@code first}, so that two folders may have none in common. */
    public static Path write(Path folder, int first, int imagesPerClass) throws IOException {
        for (SmearClass smearClass : SmearClass.values()) {
            writeClass(folder, smearClass, first, imagesPerClass);
        }
        return folder;
    }

    /** One class, and its folder. */
    public static Path writeClass(Path folder, SmearClass smearClass, int images) throws IOException {
        return writeClass(folder, smearClass, 1, images);
    }

    private static Path writeClass(Path folder, SmearClass smearClass, int first, int images) throws IOException {
        Path of = Files.createDirectories(folder.resolve(smearClass.name().toLowerCase(Locale.ROOT)));
        for (int i = first; i < first + images; i++) {
            Files.write(of.resolve(i + ".png"), Smears.png(Smears.draw(smearClass, i)));
        }
        return of;
    }
}
