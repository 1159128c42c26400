package dev.blastscope.modelstore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The small file that names the active version. */
record ActivePointer(Path models) {

    private static final String FILE = "active";
    private static final int MAX_SIZE = 64;

    /** The version that the pointer names, whether or not it exists; empty if there is no pointer. */
    Optional<ModelVersion> read() throws IOException, DamagedModel {
        Path file = models.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(ModelVersion.parse(text(file).replaceFirst("\\R$", ""))
                .orElseThrow(() -> new DamagedModel(
                        "The file \"active\" among the models does not hold the name of a version."
                                + " Activate a version again, or delete the file to serve the embedded model.",
                        null)));
    }

    void write(ModelVersion version) throws IOException {
        try (Staging staging = Staging.in(models)) {
            staging.write(FILE, (version + "\n").getBytes(StandardCharsets.US_ASCII));
            staging.publishFile(FILE);
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_SIZE), StandardCharsets.ISO_8859_1);
        }
    }
}
