package dev.blastscope.modelstore;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model notes which images it learned from, and the note is as well protected as its weights. */
class TrainingImageIndexTest {

    private static final String ONE = DigestUtils.sha256Hex("one");
    private static final String OTHER = DigestUtils.sha256Hex("other");

    private final TrainingImageIndex trainedOn = TrainingImageIndex.of(List.of(OTHER, ONE, ONE));

    @Test
    void itKnowsItsImagesAgainAndNoOthers() {
        TrainingImageIndex read = TrainingImageIndex.read(trainedOn.toBytes());
        assertThat(read).isEqualTo(trainedOn);
        assertThat(read.contains(ONE)).isTrue();
        assertThat(read.contains(DigestUtils.sha256Hex("a third"))).isFalse();
    }

    @Test
    void itsFileHasALineForEachImageInOrder() {
        assertThat(new String(trainedOn.toBytes(), US_ASCII).lines())
                .hasSize(2)
                .isSorted()
                .contains(ONE.substring(0, 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123", "0123456789abcdef", "0123456789ABCDEF\n", "0123456789abcdef\n\n"})
    void anythingElseIsRefused(String file) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingImageIndex.read(file.getBytes(US_ASCII)))
                .withMessageContaining("trained-on.txt");
    }

    @Test
    void aPublishedModelKeepsItAndItsDamageIsNoticed(@TempDir Path models) throws Exception {
        ModelStore store = Models.store(models, "2026-11-22T12:00:00Z");
        String version = Models.publish(store, Optional.of(trainedOn.toBytes()), Optional.empty());
        assertThat(store.open(version).files().trainedOn().map(TrainingImageIndex::read))
                .hasValue(trainedOn);

        Files.write(models.resolve(version).resolve("trained-on.txt"), new byte[0]);
        assertThatExceptionOfType(DamagedModel.class)
                .isThrownBy(() -> store.open(version))
                .withMessageContaining("trained-on.txt does not match its checksum");
    }
}
