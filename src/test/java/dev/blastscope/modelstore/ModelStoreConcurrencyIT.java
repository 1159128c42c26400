package dev.blastscope.modelstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.modelstore.ModelStore.StoredVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreConcurrencyIT {

    private static final int THREADS = 8;
    private static final int EACH = 10;

    private final Path models;

    ModelStoreConcurrencyIT(@TempDir Path models) {
        this.models = models;
    }

    @Test
    void threadsThatPublishAtOnceGetAVersionEach() throws InterruptedException, ExecutionException {
        ModelStore store = Models.store(models, "2026-11-22T12:00:00Z");
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        List<Future<String>> published = new ArrayList<>();
        for (int i = 0; i < THREADS * EACH; i++) {
            published.add(executor.submit(() -> {
                together.await();
                return Models.publish(store);
            }));
        }
        List<String> names = new ArrayList<>();
        for (Future<String> future : published) {
            names.add(future.get());
        }
        executor.shutdown();
        assertThat(names).containsExactlyInAnyOrderElementsOf(versionsUpTo(THREADS * EACH));
        assertThat(store.versions()).hasSize(THREADS * EACH).allSatisfy(version -> assertOpens(store, version));
    }

    @Test
    void threadsThatActivateAtOnceLeaveOneOfTheirVersionsActive()
            throws InterruptedException, ExecutionException, DamagedModel {
        ModelStore store = Models.store(models, "2026-11-22T12:00:00Z");
        List<String> names =
                IntStream.range(0, THREADS).mapToObj(i -> Models.publish(store)).toList();
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> activations = new ArrayList<>();
        for (int i = 0; i < THREADS * EACH; i++) {
            String name = names.get(i % THREADS);
            activations.add(executor.submit(() -> {
                store.activate(name);
                assertThat(store.active()).isPresent().get().isIn(names);
                return name;
            }));
        }
        for (Future<?> activation : activations) {
            activation.get();
        }
        executor.shutdown();
        assertThat(store.active()).isPresent().get().isIn(names);
    }

    @Test
    void processesThatPublishAtOnceGetAVersionEach() throws IOException, InterruptedException {
        try (PublishingProcess one = PublishingProcess.start(models, EACH);
                PublishingProcess other = PublishingProcess.start(models, EACH)) {
            assertThat(one.exitStatus()).isZero();
            assertThat(other.exitStatus()).isZero();
        }
        ModelStore store = Models.store(models, "2026-11-22T12:00:00Z");
        assertThat(store.versions().stream().map(version -> version.version().toString()))
                .containsExactlyInAnyOrderElementsOf(versionsUpTo(2 * EACH));
        assertThat(store.versions()).allSatisfy(version -> assertOpens(store, version));
    }

    @Test
    void aProcessKilledWhilePublishingLeavesOnlyWholeVersions() throws IOException, InterruptedException {
        for (int killing = 1; killing <= 6; killing++) {
            try (PublishingProcess victim = PublishingProcess.start(models, Integer.MAX_VALUE)) {
                for (int i = 0; i < killing; i++) {
                    assertThat(victim.inTheMiddle()).isNotNull();
                }
            }
        }
        ModelStore store = Models.store(models, "2026-11-22T12:00:00Z");
        assertThat(store.versions()).isNotEmpty().allSatisfy(version -> assertOpens(store, version));
        Models.publish(Models.store(models, "2099-01-01T00:00:00Z"));
        assertThat(models).isDirectoryNotContaining("glob:**/.*");
    }

    private static List<String> versionsUpTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(n -> "2026-11-22." + n).toList();
    }

    private static void assertOpens(ModelStore store, StoredVersion version) throws NoSuchModel, DamagedModel {
        String name = version.version().toString();
        assertThat(store.open(name).files().card()).isEqualTo(Models.card(name));
    }
}
