package dev.blastscope.trainingjobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.Postgres;
import dev.blastscope.datasetstore.DatasetStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

@EnabledIfEnvironmentVariable(
        named = "BLASTSCOPE_POSTGRES",
        matches = ".+",
        disabledReason = "needs a PostgreSQL server to make schemas on")
class PostgresTakeoverIT extends TakeoverContract {

    @Override
    String database() {
        return Postgres.newSchema();
    }

    @Test
    void aNodeBesideTheOneThatTrainsCancelsItThereAndTakesOverWhenItDies(@TempDir Path home) throws Exception {
        String database = database();
        try (TrainingNode victim = TrainingNode.start(home, database);
                ConfigurableApplicationContext second = TrainingNode.open("second", home, database)) {
            Trainings trainings = trainings(second);
            Training training = trainings.find(victim.training()).orElseThrow();
            assertThat(training.node()).hasValue("first");
            assertThat(training.state()).isEqualTo(Training.State.RUNNING);

            trainings.cancel(training.id());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> trainings.find(training.id()).orElseThrow().state() == Training.State.CANCELLED);
        }
        try (TrainingNode victim = TrainingNode.start(home, database);
                ConfigurableApplicationContext second = TrainingNode.open("second", home, database)) {
            victim.kill();
            await().atMost(Duration.ofMinutes(2)).until(() -> TrainingNode.learns(second, victim.training()));
        }
    }

    @Test
    void aNodeThatNeverHadTheUploadTakesOverFromOneThatDied(@TempDir Path homes) throws Exception {
        String database = database();
        try (TrainingNode victim = TrainingNode.start(homes.resolve("first"), database);
                ConfigurableApplicationContext second =
                        TrainingNode.open("second", homes.resolve("second"), database)) {
            victim.kill();
            await().atMost(Duration.ofMinutes(2)).until(() -> TrainingNode.learns(second, victim.training()));

            Training training = trainings(second).find(victim.training()).orElseThrow();
            assertThat(second.getBean(DatasetStore.class).report("drawings").digest())
                    .isEqualTo(training.order().datasetDigest());
            trainings(second).cancel(training.id());
            await().atMost(Duration.ofMinutes(2))
                    .until(() ->
                            trainings(second).find(training.id()).orElseThrow().state() == Training.State.CANCELLED);
        }
    }

    private static Trainings trainings(ConfigurableApplicationContext node) {
        return node.getBean(Trainings.class);
    }
}
