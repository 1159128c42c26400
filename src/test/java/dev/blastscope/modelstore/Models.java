package dev.blastscope.modelstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Small models and stores whose clock stands still. */
final class Models {

    static final byte[] BACKBONE = "the backbone".getBytes(UTF_8);
    static final byte[] HEADS = "the heads".getBytes(UTF_8);

    private Models() {}

    static ModelStore store(Path folder, String now) {
        return new ModelStore(folder, Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }

    static byte[] card(String version) {
        return "{\"version\": \"%s\"}".formatted(version).getBytes(UTF_8);
    }

    static String publish(ModelStore store) {
        return store.publish(BACKBONE, HEADS, Models::card).toString();
    }

    /** With the optional files. */
    static String publish(
            ModelStore store, Optional<byte[]> quantised, Optional<byte[]> trainedOn, Optional<byte[]> outOfFold) {
        return store.publish(version -> new ModelFiles(
                        BACKBONE,
                        HEADS,
                        card(version),
                        quantised,
                        trainedOn,
                        outOfFold,
                        Optional.empty(),
                        Optional.empty()))
                .toString();
    }
}
