package dev.blastscope.trainingjobs;

import static java.lang.ProcessBuilder.Redirect.DISCARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.Jvm;
import dev.blastscope.audit.AuditVerification;
import dev.blastscope.inference.ActiveModel;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.StoredVersion;
import dev.blastscope.releases.Activation;
import dev.blastscope.releases.Releases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One training whose node dies at one step of it after the other, whatever the database.
 *
 * <p>All of it happens in other JVMs, so that it can run beside other tests.
 */
@Execution(ExecutionMode.CONCURRENT)
abstract class CrashContract {

    /** What is written to the database from the order to the end, in this order. */
    static final List<Step> STEPS = List.of(
            Step.before("insert into training"),
            Step.after("insert into training"),
            Step.after("update training set state = 'RUNNING'"),
            Step.before("update training set version"),
            Step.after("update training set version"),
            Step.after("update training set promotion"),
            Step.before("insert into model_activation"),
            Step.after("insert into model_activation"),
            Step.after("update training set activated"),
            Step.after("update training set state = ?, unfinished"));

    /** A new database; empty for the one below the home folder. */
    abstract String database();

    /** Those of the steps at which the node dies. */
    abstract List<Step> steps();

    @Test
    void aTrainingWhoseNodesDieMakesOneModelThatAnswers(@TempDir Path home) throws Exception {
        String database = database();
        ModelStore store = new ModelStore(home.resolve("models"));
        for (Step step : steps()) {
            DoomedNode.run(home, database, step.sql(), step.committed());
            assertThat(store.versions()).as(step.sql()).hasSizeLessThan(2);
            for (StoredVersion version : store.versions()) {
                assertThat(store.open(version.version().toString()).files().trainedOn())
                        .isPresent();
            }
        }
        Process survivor = Jvm.running(Survivor.class, home, database)
                .redirectOutput(DISCARD)
                .start();
        assertThat(survivor.onExit().join().exitValue()).isZero();
    }

    private static void assertEnded(ConfigurableApplicationContext node, ModelStore store) throws Exception {
        List<Training> trainings = node.getBean(Trainings.class).page(0, 10);
        assertThat(trainings).hasSize(1);
        Training training = trainings.get(0);
        assertThat(training.state()).as("%s", training.reason()).isEqualTo(Training.State.SUCCEEDED);
        assertThat(training.activated()).isTrue();
        String version = training.version().orElseThrow();

        assertThat(store.versions()).hasSize(1);
        assertThat(store.card(version).card().training())
                .isEqualTo(Optional.of(training.id().toString()));
        assertThat(store.active()).hasValue(version);
        assertThat(node.getBean(Releases.class).newest(10))
                .extracting(Activation::version)
                .containsOnlyOnce(version);
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptionsInstanceOf(ModelNotReady.class)
                .until(() -> node.getBean(ActiveModel.class).current().version().equals(version));
        assertThat(node.getBean(AuditVerification.class)
                        .verify(Optional.empty())
                        .intact())
                .isTrue();
    }

    /** A node that finds what the dead ones left; its exit status tells whether all is as if none had died. */
    static final class Survivor {

        private Survivor() {}

        public static void main(String[] args) throws Exception {
            Path home = Path.of(args[0]);
            try (ConfigurableApplicationContext node = DoomedNode.open(home, args[1])) {
                await().atMost(Duration.ofMinutes(2)).until(() -> DoomedNode.ended(node));
                assertEnded(node, new ModelStore(home.resolve("models")));
            }
        }
    }

    /** A statement, and on which side of its commit the node dies. */
    record Step(String sql, boolean committed) {

        private static Step before(String sql) {
            return new Step(sql, false);
        }

        private static Step after(String sql) {
            return new Step(sql, true);
        }
    }
}
