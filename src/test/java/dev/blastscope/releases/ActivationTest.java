package dev.blastscope.releases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActivationTest {

    private final List<Activation> pile = new ArrayList<>();

    @Test
    void belowTheFirstThereIsNothing() {
        activate("a");
        assertThat(earlier()).isEmpty();
    }

    @Test
    void rollbacksAfterEachOtherGoFurtherBackAndNotForward() {
        List.of("a", "b", "c").forEach(this::activate);
        assertThat(rollBack()).isEqualTo("b");
        assertThat(rollBack()).isEqualTo("a");
        assertThat(earlier()).isEmpty();
    }

    @Test
    void anActivationAfterARollbackLiesOnWhatTheRollbackUncovered() {
        List.of("a", "b", "c").forEach(this::activate);
        rollBack();
        activate("d");
        assertThat(rollBack()).isEqualTo("b");
        assertThat(rollBack()).isEqualTo("a");
    }

    @Test
    void aVersionMayLieInThePileTwice() {
        List.of("a", "b", "a").forEach(this::activate);
        assertThat(rollBack()).isEqualTo("b");
        assertThat(rollBack()).isEqualTo("a");
        assertThat(earlier()).isEmpty();
    }

    @Test
    void whatIsGoneIsPassedOverAndSoIsThePresentVersion() {
        List.of("a", "b", "gone", "b").forEach(this::activate);
        assertThat(earlier("gone").map(Activation::version)).contains("a");
        assertThat(earlier("gone", "a")).isEmpty();
    }

    private void activate(String version) {
        add(version, last().map(Activation::id));
    }

    private String rollBack() {
        Activation target = earlier().orElseThrow();
        add(target.version(), target.previous());
        return target.version();
    }

    private Optional<Activation> earlier(String... gone) {
        return last().orElseThrow()
                .rollbackTarget(this::find, version -> !Set.of(gone).contains(version));
    }

    private void add(String version, Optional<Long> previous) {
        pile.add(new Activation(pile.size() + 1, version, "sha256:", Instant.EPOCH, "somebody", "", previous));
    }

    private Optional<Activation> last() {
        return find(pile.size());
    }

    private Optional<Activation> find(long id) {
        return id == 0 ? Optional.empty() : Optional.of(pile.get((int) id - 1));
    }
}
