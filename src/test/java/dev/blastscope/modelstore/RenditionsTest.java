package dev.blastscope.modelstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.modelstore.ModelStore.Rendition;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version may have heads for a backbone in 8 bits too, which are as well protected as the others. */
class RenditionsTest {

    private static final byte[] RANGES = "the ranges".getBytes(UTF_8);

    private final ModelStore store;
    private final String version;
    private final Path folder;

    RenditionsTest(@TempDir Path models) {
        store = Models.store(models, "2026-11-22T12:00:00Z");
        version = Models.publishInBoth(store, RANGES);
        folder = models.resolve(version);
    }

    @Test
    void bothShareTheBackboneAndWhatTheyLearnedFrom() throws Exception {
        assertThat(files())
                .isEqualTo(List.of(
                        "SHA256SUMS",
                        "backbone.safetensors",
                        "card.json",
                        "heads.safetensors",
                        "int8-activation-ranges.safetensors",
                        "int8-card.json",
                        "int8-heads.safetensors",
                        "trained-on.txt"));
        StoredModel model = store.open(version);
        ModelFiles int8 =
                Objects.requireNonNull(model.renditions().get(Precision.INT8)).files();
        assertThat(int8.ranges()).hasValue(RANGES);
        assertThat(int8.backbone()).isSameAs(model.files().backbone());
        assertThat(model.files().ranges()).isEmpty();
    }

    @Test
    void theDigestOfARenditionIsThatOfTheChecksumsOfItsFiles() throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("SHA256SUMS"));
        assertThat(rendition(Precision.FP32).digest())
                .isEqualTo(digest(
                        lines.stream().filter(line -> !line.contains("  int8-")).toList()));
        assertThat(rendition(Precision.INT8).digest())
                .isEqualTo(digest(lines.stream()
                        .filter(line -> line.contains("  int8-")
                                || line.endsWith("  backbone.safetensors")
                                || line.endsWith("  trained-on.txt"))
                        .toList()));
        assertThat(store.open(version).digest()).isEqualTo(digest(lines));
    }

    @Test
    void aVersionInOnePrecisionIsItsOnlyRendition() throws Exception {
        StoredModel single = store.open(Models.publish(store));
        assertThat(single.renditions()).containsOnlyKeys(Precision.FP32);
        assertThat(single.fp32().digest()).isEqualTo(single.digest());
    }

    @Test
    void damageIsNoticed() throws Exception {
        Files.writeString(folder.resolve("int8-heads.safetensors"), "other heads");
        assertDamage("int8-heads.safetensors does not match its checksum in SHA256SUMS");
    }

    @Test
    void absenceIsNoticed() throws Exception {
        Files.delete(folder.resolve("int8-heads.safetensors"));
        assertDamage("int8-heads.safetensors is missing");
    }

    @Test
    void anotherStoreGetsBoth(@TempDir Path other) throws Exception {
        ModelStore taking = Models.store(other, "2026-11-22T12:00:00Z");
        taking.receive(version, store.open(version).digest(), store.contents(version));
        assertThat(taking.open(version).renditions().get(Precision.INT8))
                .extracting(Rendition::digest)
                .isEqualTo(rendition(Precision.INT8).digest());
    }

    private Rendition rendition(Precision precision) throws Exception {
        return Objects.requireNonNull(store.open(version).renditions().get(precision));
    }

    private List<String> files() throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String digest(List<String> lines) {
        return "sha256:"
                + DigestUtils.sha256Hex(lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }

    private void assertDamage(String what) {
        assertThatExceptionOfType(DamagedModel.class)
                .isThrownBy(() -> store.open(version))
                .withMessageContaining(what);
    }
}
