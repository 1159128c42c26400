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
        for (SmearClass smearClass : SmearClass.values()) {
            writeClass(folder, smearClass, imagesPerClass);
        }
        return folder;
    }

    /** One class, and its folder. */
    public static Path writeClass(Path folder, SmearClass smearClass, int images) throws IOException {
        Path of = Files.createDirectories(folder.resolve(smearClass.name().toLowerCase(Locale.ROOT)));
        for (int i = 1; i <= images; i++) {
            Files.write(of.resolve(i + ".png"), Smears.png(Smears.draw(smearClass, i)));
        }
        return of;
    }
}
