package dev.blastscope.modelstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one store gives, another takes; and what becomes of names and pointers. */
class ModelExchangeTest {

    private final Path theirs;
    private final ModelStore giving;
    private final ModelStore taking;
    private final String version;

    ModelExchangeTest(@TempDir Path folder) {
        theirs = folder.resolve("theirs");
        giving = Models.store(folder.resolve("ours"), "2026-11-22T12:00:00Z");
        taking = Models.store(theirs, "2026-11-22T12:00:00Z");
        version = Models.publish(giving);
    }

    @Test
    void aReceivedModelIsTheOneThatWasPublished() throws Exception {
        String digest = giving.open(version).digest();
        taking.receive(version, digest, giving.contents(version));
        assertThat(taking.open(version).digest()).isEqualTo(digest);
        assertThat(taking.contents(version))
                .containsOnlyKeys(giving.contents(version).keySet());
        taking.receive(version, digest, giving.contents(version));
        assertThat(theirs.toFile().list()).containsExactly(version);
    }

    @Test
    void whatIsNotThatModelIsRefusedAndLeavesNothing() throws Exception {
        String digest = giving.open(version).digest();
        Map<String, byte[]> damaged = new LinkedHashMap<>(giving.contents(version));
        damaged.put(ModelFiles.HEADS, "the hands".getBytes(UTF_8));
        assertThatExceptionOfType(DamagedModel.class)
                .isThrownBy(() -> taking.receive(version, digest, damaged))
                .withMessageContaining("does not match its checksum");
        assertThatExceptionOfType(DamagedModel.class)
                .isThrownBy(() -> taking.receive(version, "sha256:of-another", giving.contents(version)))
                .withMessageContaining("another digest");
        assertThatExceptionOfType(DamagedModel.class).isThrownBy(() -> taking.receive(version, digest, Map.of()));
        assertThatExceptionOfType(NoSuchModel.class)
                .isThrownBy(() -> taking.receive("../evil", digest, giving.contents(version)));
        assertThat(theirs).doesNotExist();
    }

    @Test
    void aFileThatIsNoFileOfAModelIsNotWritten() throws Exception {
        Map<String, byte[]> more = new LinkedHashMap<>(giving.contents(version));
        more.put("../evil", new byte[1]);
        taking.receive(version, giving.open(version).digest(), more);
        assertThat(theirs.resolveSibling("evil")).doesNotExist();
    }

    @Test
    void theNameOfADeletedVersionIsNotGivenAgain() throws Exception {
        giving.delete(version);
        assertThatExceptionOfType(NoSuchModel.class).isThrownBy(() -> giving.open(version));
        assertThatExceptionOfType(NoSuchModel.class).isThrownBy(() -> giving.delete(version));
        assertThat(giving.versions()).isEmpty();
        assertThat(Models.publish(giving)).isEqualTo("2026-11-22.2");
        taking.reserve(version);
        assertThat(Models.publish(taking)).isEqualTo("2026-11-22.2");
    }

    @Test
    void aReservationTakesNothingAway() throws Exception {
        giving.reserve(version);
        assertThat(giving.open(version).version()).isEqualTo(version);
    }

    @Test
    void thePointerKeepsTheActivationUntilTheCommandLineMovesIt() throws Exception {
        ActivePointer followed = new ActivePointer(version, OptionalLong.of(17));
        giving.point(followed);
        assertThat(giving.pointer()).contains(followed);
        assertThat(giving.active()).contains(version);
        giving.activate(version);
        assertThat(giving.pointer()).contains(new ActivePointer(version, OptionalLong.empty()));
    }

    @Test
    void whileTheEmbeddedModelIsActiveNoPublishedOneIs() throws Exception {
        giving.point(new ActivePointer(EmbeddedModel.VERSION, OptionalLong.of(1)));
        assertThat(giving.active()).isEmpty();
        assertThat(giving.pointer()).isPresent();
    }

    @Test
    void aPointerWithAnActivationThatIsNoneIsReported() throws Exception {
        Path pointer = theirs.resolveSibling("ours").resolve("active");
        for (String activation : new String[] {"activation", "activation 0", "activation x", "activation 1 2"}) {
            Files.writeString(pointer, version + "\n" + activation + "\n");
            assertThatExceptionOfType(DamagedModel.class).isThrownBy(giving::pointer);
        }
    }
}
