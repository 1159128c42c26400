package dev.blastscope.trainingjobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.datasetstore.DatasetStore;
import dev.blastscope.datasetstore.Datasets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a training whose node dies, whatever the database. */
abstract class TakeoverContract {

    private static final Duration LONG = Duration.ofMinutes(2);

    /** A new database; empty for the one below the home folder. */
    abstract String database();

    @Test
    void aTrainingWhoseNodeWasKilledBeginsAgainWithTheFeaturesItFinds(@TempDir Path home) throws Exception {
        String database = database();
        UUID id;
        try (TrainingNode victim = TrainingNode.start(home, database)) {
            id = victim.training();
        }
        Map<Path, FileTime> features = features(home);
        assertThat(features).isNotEmpty();

        try (ConfigurableApplicationContext second = TrainingNode.open("second", home, database)) {
            Trainings trainings = second.getBean(Trainings.class);
            await().atMost(LONG).until(() -> TrainingNode.learns(second, id));

            // More where a busy machine let the first one miss its heartbeats while it lived.
            assertThat(trainings.find(id).orElseThrow().attempts()).isGreaterThan(1);
            assertThat(features(home)).isEqualTo(features);

            trainings.cancel(id);
            await().atMost(LONG).until(() -> trainings.find(id).orElseThrow().state() == Training.State.CANCELLED);
        }
    }

    @Test
    void aNodeThatShutsDownGivesItsTrainingBackAsIfItHadNotBegun(@TempDir Path home) throws Exception {
        String database = database();
        UUID id;
        try (ConfigurableApplicationContext first = TrainingNode.open("first", home, database)) {
            id = first.getBean(Trainings.class)
                    .start(TrainingNode.endless(first))
                    .id();
            await().atMost(LONG).until(() -> TrainingNode.learns(first, id));
        }
        try (ConfigurableApplicationContext second = TrainingNode.open("second", home, database)) {
            await().atMost(LONG).until(() -> TrainingNode.learns(second, id));
            assertThat(second.getBean(Trainings.class).find(id).orElseThrow().attempts())
                    .isEqualTo(1);
        }
    }

    @Test
    void aTrainingThatKillsItsNodesIsGivenUp(@TempDir Path home) throws Exception {
        try (ConfigurableApplicationContext node = TrainingNode.open("only", home, database())) {
            Trainings trainings = node.getBean(Trainings.class);
            UUID id = trainings.start(TrainingNode.endless(node)).id();
            await().atMost(LONG).until(() -> TrainingNode.learns(node, id));

            // What the database looks like to this node when others had begun it thrice.
            node.getBean(JdbcClient.class)
                    .sql("update training set attempts = 3, node = 'another' where id = :id")
                    .param("id", id.toString())
                    .update();

            await().atMost(LONG).until(() -> trainings.find(id).orElseThrow().state() == Training.State.INTERRUPTED);
            assertThat(trainings.find(id).orElseThrow().reason())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("begun 3 times"));
        }
    }

    @Test
    void aNodeWithoutTheDataSetLeavesTheTrainingToAnother(@TempDir Path folder) throws Exception {
        String database = database();
        try (ConfigurableApplicationContext node = TrainingNode.open("only", folder.resolve("home"), database)) {
            Training.Order order = TrainingNode.endless(node);
            node.getBean(Datasets.class).delete("drawings");
            Trainings trainings = node.getBean(Trainings.class);
            UUID id = trainings.start(order).id();

            await().atMost(LONG)
                    .until(() -> trainings.find(id).orElseThrow().reason().isPresent());
            assertThat(trainings.find(id).orElseThrow().state()).isEqualTo(Training.State.QUEUED);
            assertThat(trainings.find(id).orElseThrow().attempts()).isZero();

            TrainingNode.endless(node);
            await().atMost(LONG).until(() -> TrainingNode.learns(node, id));
        }
    }

    @Test
    void aNodeWithoutTheFilesFetchesThemAndRefusesWhatIsDamagedByName(@TempDir Path home) throws Exception {
        try (ConfigurableApplicationContext node =
                TrainingNode.open("only", home, database(), "--blastscope.datasets.sharing=database")) {
            Training.Order order = TrainingNode.endless(node);
            DatasetStore here = node.getBean(DatasetStore.class);
            Trainings trainings = node.getBean(Trainings.class);
            here.delete("drawings");
            UUID fetching = trainings.start(order).id();
            await().atMost(LONG).until(() -> TrainingNode.learns(node, fetching));
            assertThat(here.report("drawings").digest()).isEqualTo(order.datasetDigest());
            trainings.cancel(fetching);
            await().atMost(LONG)
                    .until(() -> trainings.find(fetching).orElseThrow().state() == Training.State.CANCELLED);

            here.delete("drawings");
            node.getBean(JdbcClient.class)
                    .sql("update dataset_chunk set content = :other where part = 0")
                    .param("other", new byte[] {1})
                    .update();
            UUID damaged = trainings.start(order).id();
            await().atMost(LONG)
                    .until(() -> trainings.find(damaged).orElseThrow().state() == Training.State.FAILED);
            assertThat(trainings.find(damaged).orElseThrow().reason()).hasValueSatisfying(reason -> assertThat(reason)
                    .contains("Data set drawings", "piece 1 of", "upload it again"));
            node.getBean(Datasets.class).delete("drawings");
        }
    }

    private static Map<Path, FileTime> features(Path home) throws Exception {
        Map<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home.resolve("features"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        return times;
    }
}
