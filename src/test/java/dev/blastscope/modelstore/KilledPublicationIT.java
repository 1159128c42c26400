package dev.blastscope.modelstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Strace;
import dev.blastscope.modelstore.ModelStore.StoredVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A program that publishes, activates and deletes models is killed at every change that it makes to the disk. */
@Execution(ExecutionMode.CONCURRENT)
@EnabledIf(value = "dev.blastscope.Strace#isThere", disabledReason = "needs strace, and the right to trace")
class KilledPublicationIT {

    static final Iterable<String> CHANGES = Strace.CHANGES;

    private static final String DAY = "2026-11-22T12:00:00Z";

    private final Path folder;

    KilledPublicationIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @FieldSource("CHANGES")
    void leavesWholeVersionsAndAnActiveOneThatOpens(String call) throws Exception {
        int n = 1;
        Path models = Files.createDirectory(folder.resolve("at-" + n));
        while (Strace.kills(call, n, Victim.class, models)) {
            ModelStore store = Models.store(models, DAY);
            assertAllOpen(store);
            store.activate(Models.publish(store));
            assertAllOpen(store);
            assertThat(models).isDirectoryNotContaining("glob:**/.*");
            n++;
            models = Files.createDirectory(folder.resolve("at-" + n));
        }
        assertThat(n).as("calls, and one").isGreaterThan(1);
        assertThat(Models.store(models, DAY).active()).hasValue("2026-11-22.2");
    }

    private static void assertAllOpen(ModelStore store) throws NoSuchModel, DamagedModel {
        for (StoredVersion version : store.versions()) {
            String name = version.version().toString();
            assertThat(store.open(name).files().card()).isEqualTo(Models.card(name));
        }
        Optional<String> active = store.active();
        if (active.isPresent()) {
            assertThat(store.open(active.get()).version()).isEqualTo(active.get());
        }
    }

    /** What is killed. */
    static final class Victim {

        private Victim() {}

        public static void main(String[] args) throws IOException, NoSuchModel, DamagedModel {
            ModelStore store = Models.store(Path.of(args[0]), DAY);
            String first = Models.publish(store);
            store.activate(first);
            store.activate(Models.publish(store));
            store.delete(first);
        }
    }
}
