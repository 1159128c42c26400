package dev.blastscope.modelstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folders of the published versions, side by side in one folder; everything else in it is ignored. */
record VersionFolders(Path models) {

    /** The published versions in no particular order. */
    List<ModelVersion> versions() throws IOException {
        return taken().stream()
                .filter(version -> Files.isDirectory(of(version)))
                .toList();
    }

    /** The versions that cannot be published any more, because something of their name exists, a folder or not. */
    List<ModelVersion> taken() throws IOException {
        if (!Files.isDirectory(models)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(models)) {
            return entries.map(entry -> ModelVersion.parse(entry.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    Path of(ModelVersion version) {
        return models.resolve(version.toString());
    }

    ModelVersion existing(String name) throws NoSuchModel {
        return ModelVersion.parse(name)
                .filter(version -> Files.isDirectory(of(version)))
                .orElseThrow(() -> new NoSuchModel(name));
    }

    /** Whether every file of the version is present, whatever its content. */
    boolean isComplete(ModelVersion version) {
        return Stream.concat(ModelFiles.NAMES.stream(), Stream.of(Checksums.FILE))
                .allMatch(name -> Files.isRegularFile(of(version).resolve(name)));
    }
}
