package dev.blastscope.datasetstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.dataset.LabelledImage;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas with a folder each and one database between them. */
abstract class SharedDatasetsContract {

    /** Some chunks long. */
    static final byte[] SMEARS = Zip.ofSmears("", 30).toBytes();

    static final byte[] OTHERS = Zip.ofSmears("", 2).toBytes();

    final Path homes;
    final String database = database();
    final Node one;
    final Node other;

    SharedDatasetsContract(@TempDir Path homes) {
        this.homes = homes;
        this.one = new Node(homes.resolve("one"), database);
        this.other = new Node(homes.resolve("other"), database);
    }

    /** The URL of a database of its own, which other processes reach, too. */
    abstract String database();

    @Test
    void anUploadToOneIsSeenByTheOtherAndBroughtThereWhenItIsNeeded() throws Exception {
        DatasetReport report = one.put("smears", SMEARS).report();
        assertThat(other.datasets.reports()).containsExactly(report);
        assertThat(other.datasets.report("smears")).isEqualTo(report);
        assertThat(other.store.reports()).isEmpty();
        assertThat(one.count("dataset_chunk")).isGreaterThan(2);

        List<String> heard = new ArrayList<>();
        other.datasets.fetch("smears").folder((done, total) -> heard.add(done + "/" + total));
        assertThat(heard).startsWith("0/" + heard.size(), "1/" + heard.size()).hasSize((int)
                one.count("dataset_chunk"));
        assertThat(other.store.reports()).containsExactly(report);
        assertThat(other.images("smears"))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("path")
                .isEqualTo(one.images("smears"))
                .extracting(LabelledImage::name)
                .contains("pro_b/30.jpg");

        heard.clear();
        other.datasets.fetch("smears").folder((done, total) -> heard.add(done + "/" + total));
        assertThat(heard).isEmpty();
    }

    @Test
    void aNameIsGivenOnceOverAllReplicas() throws Exception {
        DatasetReport first = one.put("smears", OTHERS).report();
        assertThat(other.put("smears", OTHERS)).isEqualTo(new Datasets.Stored(first, false));
        assertThatExceptionOfType(DatasetRefused.class).isThrownBy(() -> other.put("smears", SMEARS));
        assertThat(other.store.reports()).isEmpty();
        assertThat(one.count("dataset")).isEqualTo(1);
    }

    @Test
    void ofTwoUploadsAtOnceOneGetsTheName() throws Exception {
        List<Future<Datasets.Stored>> same = atOnce("same", OTHERS, OTHERS);
        assertThat(same.get(0).get().report()).isEqualTo(same.get(1).get().report());
        assertThat(List.of(same.get(0).get().created(), same.get(1).get().created()))
                .containsExactlyInAnyOrder(true, false);

        int won = 0;
        for (Future<Datasets.Stored> upload : atOnce("different", OTHERS, SMEARS)) {
            try {
                assertThat(upload.get().report()).isEqualTo(one.datasets.report("different"));
                won++;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(DatasetRefused.class);
            }
        }
        assertThat(won).isEqualTo(1);
        assertThat(one.count("dataset")).isEqualTo(2);
        assertThat(other.images("different")).hasSameSizeAs(one.images("different"));
    }

    /** Both have checked that nobody has the name when they begin to share. */
    private List<Future<Datasets.Stored>> atOnce(String name, byte[] ones, byte[] others) throws Exception {
        Phaser bothAreThere = new Phaser(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Datasets.Stored>> uploads = List.of(
                    threads.submit(() -> new Node(homes.resolve("one"), database, bothAreThere::arriveAndAwaitAdvance)
                            .put(name, ones)),
                    threads.submit(() -> new Node(homes.resolve("other"), database, bothAreThere::arriveAndAwaitAdvance)
                            .put(name, others)));
            for (Future<Datasets.Stored> upload : uploads) {
                try {
                    upload.get();
                } catch (ExecutionException refused) {
                    assertThat(refused).hasCauseInstanceOf(DatasetRefused.class);
                }
            }
            return uploads;
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void whatIsDeletedGoesFromEveryReplicaAndItsNameIsFree() throws Exception {
        one.put("smears", SMEARS);
        other.images("smears");
        other.datasets.delete("smears");
        assertThat(one.names()).isEmpty();
        assertThatExceptionOfType(DatasetRefused.class).isThrownBy(() -> one.datasets.fetch("smears"));
        assertThatExceptionOfType(DatasetRefused.class).isThrownBy(() -> one.datasets.delete("smears"));
        assertThat(one.count("dataset_chunk")).isZero();
        assertThat(other.store.reports()).isEmpty();
        assertThat(one.store.reports()).as("until it looks").hasSize(1);

        DatasetReport again = other.put("smears", OTHERS).report();
        assertThat(one.images("smears")).hasSize(8);
        assertThat(one.store.reports()).containsExactly(again);
        other.datasets.delete("smears");
        one.housekeeping.tidyUp();
        assertThat(homes.resolve("one/datasets")).isEmptyDirectory();
        assertThat(one.names()).isEmpty();
    }

    @Test
    void aPieceThatIsDamagedOrMissingIsToldAndNothingIsLeft() throws Exception {
        one.put("smears", SMEARS);
        byte[] content = one.jdbc
                .sql("select content from dataset_chunk where part = 1")
                .query(byte[].class)
                .single();
        content[content.length / 2] ^= 1;
        one.jdbc
                .sql("update dataset_chunk set content = :content where part = 1")
                .param("content", content)
                .update();
        assertThatExceptionOfType(DatasetRefused.class)
                .isThrownBy(() -> other.images("smears"))
                .withMessageContaining("Data set smears")
                .withMessageContaining("piece 2 of " + one.count("dataset_chunk"));
        one.jdbc.sql("delete from dataset_chunk where part = 0").update();
        assertThatExceptionOfType(DatasetRefused.class)
                .isThrownBy(() -> other.images("smears"))
                .withMessageContaining("piece 1 of");
        assertThat(homes.resolve("other/datasets")).isEmptyDirectory();
        assertThat(one.images("smears")).as("its own copy is whole").hasSize(120);
    }

    @Test
    void anInterruptEndsTheFetchingAndLeavesNothing() throws Exception {
        one.put("smears", SMEARS);
        Datasets.Fetch fetch = other.datasets.fetch("smears");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> fetch.folder((done, total) -> {
                    if (done == 1) {
                        Thread.currentThread().interrupt();
                    }
                }));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(homes.resolve("other/datasets")).isEmptyDirectory();
        assertThat(other.images("smears")).hasSize(120);
    }

    @Test
    void anUploadThatWasKilledIsSeenByNobodyDisturbsNobodyAndIsSweptLater() throws Exception {
        try (DyingNode dying = DyingNode.start(homes.resolve("one"), database)) {
            other.housekeeping.tidyUp();
            assertThat(one.count("dataset_chunk")).as("it is alive").isEqualTo(DyingNode.CHUNKS);
            assertThat(other.names()).isEmpty();
            dying.kill();
        }
        assertThat(other.put(DyingNode.NAME, OTHERS).created()).isTrue();
        other.housekeeping.tidyUp();
        assertThat(one.count("dataset")).as("it may be alive").isEqualTo(2);

        silenceForTenMinutes();
        other.housekeeping.tidyUp();
        assertThat(other.names()).containsExactly(DyingNode.NAME);
        assertThat(one.count("dataset")).isEqualTo(1);
        assertThat(one.images(DyingNode.NAME)).hasSize(8);
    }

    @Test
    void anUploadThatWasTakenForDeadGivesUp() throws Exception {
        DatasetReport report = one.put("smears", OTHERS).report();
        String id = one.rows.begin(report);
        one.rows.addChunk(id, 0, new byte[] {1});
        silenceForTenMinutes();
        other.housekeeping.tidyUp();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> one.rows.addChunk(id, 1, new byte[] {1}))
                .withMessageContaining("Send it again");
        assertThat(one.rows.complete(id, report, 1)).isFalse();
        assertThat(other.images("smears")).hasSize(8);
    }

    private void silenceForTenMinutes() {
        one.jdbc
                .sql("update dataset set signed_at = current_timestamp - interval '11' minute")
                .update();
    }

    @Test
    void whatLayOnANodeBeforeIsSharedByIt() throws Exception {
        DatasetReport old = one.store
                .put(new DatasetName("old"), -1, new ByteArrayInputStream(SMEARS))
                .report();
        assertThat(one.names()).containsExactly("old");
        assertThat(one.images("old")).hasSize(120);
        assertThat(other.names()).isEmpty();

        one.housekeeping.tidyUp();
        assertThat(other.datasets.reports()).containsExactly(old);
        assertThat(other.images("old")).hasSize(120);
    }

    @Test
    void ofDifferentOnesThatLayOnTwoNodesTheFirstIsSharedAndTheOtherSetAside() throws Exception {
        one.store.put(new DatasetName("old"), -1, new ByteArrayInputStream(SMEARS));
        other.store.put(new DatasetName("old"), -1, new ByteArrayInputStream(OTHERS));
        one.housekeeping.tidyUp();
        other.housekeeping.tidyUp();
        assertThat(other.datasets.reports()).isEqualTo(one.datasets.reports());
        assertThat(other.images("old")).hasSize(120);
        try (var folders = Files.list(homes.resolve("other/datasets"))) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .anyMatch("old"::equals)
                    .anyMatch(name -> name.startsWith("old.aside-"))
                    .hasSize(2);
        }
    }

    @Test
    void aNewDatabaseMakesNoNodeDeleteWhatItHas() throws Exception {
        DatasetReport report = one.put("smears", OTHERS).report();
        Node moved = new Node(homes.resolve("one"), database());
        moved.housekeeping.tidyUp();
        assertThat(moved.rows.find("smears"))
                .hasValueSatisfying(shared -> assertThat(shared.report()).isEqualTo(report));
        assertThat(moved.store.reports()).containsExactly(report);
    }
}
