package dev.blastscope.trainingjobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.network.Freeze;
import dev.blastscope.training.TrainingProgress;
import dev.blastscope.training.TrainingSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is recorded of a computation while it runs and once it has ended. */
class WatchedThreadTest {

    private final TrainingRecords records = new TrainingRecords(JdbcClient.create(newDatabase()));
    private final UUID id = UUID.randomUUID();

    @Test
    void theLastStageIsRecordedHoweverShortItWas() throws Exception {
        StageTracker tracker = new StageTracker(new StageTracker.Speeds());
        try (WatchedThread thread = new WatchedThread(begin(), tracker, () -> false)) {
            thread.compute(() -> {
                thread.progress().begin(TrainingProgress.HEADS, 2);
                thread.progress().done(2, "");
                return true;
            });
        }
        assertThat(records.find(id).orElseThrow().progress())
                .hasValueSatisfying(progress -> assertThat(progress.done()).isEqualTo(2));
    }

    private TrainingRecords.Attempt begin() {
        TrainingSettings settings = new TrainingSettings(
                7,
                Freeze.BACKBONE,
                2,
                1,
                8,
                1e-3f,
                new TrainingSettings.FineTuning(1, 1, 8, 1e-4f),
                3,
                new TrainingSettings.OperatingPoint(0.995, 0.95),
                new TrainingSettings.Views(0, 0.5f));
        Training.Order order = new Training.Order(
                Training.Mode.TRAINING, "slides", "sha256:0", Optional.empty(), settings, 0.01f, false);
        records.insert(id, order, "admin", Instant.now());
        return records.begin(records.find(id).orElseThrow(), "node").orElseThrow();
    }

    private static DataSource newDatabase() {
        DataSource database = new DriverManagerDataSource(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
        Flyway.configure().dataSource(database).load().migrate();
        return database;
    }
}
