package dev.blastscope.modelstore;

import dev.blastscope.home.Staging;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the small file in a store says that names the active version and, where the service wrote it, the activation
 * that it follows.
 *
 * @param version a published version, or the embedded one
 * @param activation the number of the activation that moved the pointer there; empty if something else did, such as the
 *     command line or an editor
 */
public record ActivePointer(String version, OptionalLong activation) {

    private static final String FILE = "active";
    private static final int MAX_SIZE = 64;
    private static final Pattern FORM = Pattern.compile("(\\S+)(?:\\Ractivation ([1-9][0-9]{0,17}))?\\R?");

    /** The pointer of a store, whether or not that version exists; empty if there is none. */
    static Optional<ActivePointer> read(Path models) throws IOException, DamagedModel {
        Path file = models.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text(file));
        if (!form.matches() || !isVersion(form.group(1))) {
            throw new DamagedModel(
                    "The file \"active\" among the models does not hold the name of a version."
                            + " Activate a version again, or delete the file to serve the embedded model.",
                    null);
        }
        String activation = form.group(2);
        return Optional.of(new ActivePointer(
                form.group(1),
                activation == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(activation))));
    }

    void write(Path models) throws IOException {
        try (Staging staging = Staging.in(models)) {
            staging.write(FILE, toText().getBytes(StandardCharsets.US_ASCII));
            staging.publishFile(FILE);
        }
    }

    private String toText() {
        return version + "\n" + (activation.isPresent() ? "activation " + activation.getAsLong() + "\n" : "");
    }

    private static boolean isVersion(String name) {
        return EmbeddedModel.isEmbedded(name) || ModelVersion.parse(name).isPresent();
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_SIZE), StandardCharsets.ISO_8859_1);
        }
    }
}
