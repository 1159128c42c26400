package dev.blastscope.modelstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
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

    /** With optional files. */
    static String publish(ModelStore store, Optional<byte[]> trainedOn, Optional<byte[]> outOfFold) {
        return store.publish(version -> Map.of(Precision.FP32, files(version, Optional.empty(), trainedOn, outOfFold)))
                .toString();
    }

    /** In both precisions. */
    static String publishInBoth(ModelStore store, byte[] ranges) {
        Optional<byte[]> trainedOn = Optional.of(new byte[] {1});
        return store.publish(version -> Map.of(
                        Precision.FP32, files(version, Optional.empty(), trainedOn, Optional.empty()),
                        Precision.INT8, files(version, Optional.of(ranges), trainedOn, Optional.empty())))
                .toString();
    }

    private static ModelFiles files(
            String version, Optional<byte[]> ranges, Optional<byte[]> trainedOn, Optional<byte[]> outOfFold) {
        return new ModelFiles(
                BACKBONE, HEADS, card(version), ranges, trainedOn, outOfFold, Optional.empty(), Optional.empty());
    }
}
