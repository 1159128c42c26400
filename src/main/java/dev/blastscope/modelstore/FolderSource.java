package dev.blastscope.modelstore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A published version's folder. */
record FolderSource(Path folder) implements ModelSource {

    @Override
    public String version() {
        return folder.getFileName().toString();
    }

    @Override
    public String remedy() {
        return "Restore the version's folder from a back-up, activate another version, or delete the folder.";
    }

    @Override
    public OptionalLong size(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(folder.resolve(name));
    }
}
