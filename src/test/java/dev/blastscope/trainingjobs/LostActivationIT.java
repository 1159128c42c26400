package dev.blastscope.trainingjobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.refusal.Refusal;
import dev.blastscope.releases.Releases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Trainings whose model passed the promotion gate, while an admin was faster. */
class LostActivationIT {

    private final StatementHook hook = new StatementHook();

    @Test
    void aTrainingWhoseActivationIsLostHasSucceededAndSaysWhatToDo(@TempDir Path home) throws Exception {
        try (ConfigurableApplicationContext node = DoomedNode.open(home, "", hook)) {
            String embedded = EmbeddedModel.open().digest();
            hook.before("update release_head", () -> CompletableFuture.runAsync(
                            () -> activateAnother(node.getBean(JdbcClient.class), embedded))
                    .join());
            Training conflict = ended(node, 1);

            assertThat(conflict.state()).as("%s", conflict.reason()).isEqualTo(Training.State.SUCCEEDED);
            assertThat(conflict.activated()).isFalse();
            String version = conflict.version().orElseThrow();
            assertThat(conflict.reason())
                    .hasValue(
                            "The model was published as " + version + " and passed the promotion gate, but was not"
                                    + " activated. Another version was activated meanwhile. Look at the activations, and decide again.");
            assertThat(node.getBean(Releases.class).newest(1).get(0).version()).isEqualTo(EmbeddedModel.VERSION);

            hook.before("update training set promotion", () -> delete(node, "2"));
            Training deleted = ended(node, 2);

            assertThat(deleted.state()).as("%s", deleted.reason()).isEqualTo(Training.State.SUCCEEDED);
            assertThat(deleted.activated()).isFalse();
            assertThat(deleted.reason()).hasValueSatisfying(reason -> assertThat(reason)
                    .startsWith("The model was published as "
                            + deleted.version().orElseThrow() + " and passed the promotion gate")
                    .contains("There is no model"));
        }
    }

    private Training ended(ConfigurableApplicationContext node, long seed) throws Exception {
        Trainings trainings = node.getBean(Trainings.class);
        Training started = trainings.start(DoomedNode.order(node, seed));
        Training ended = await().atMost(Duration.ofMinutes(2))
                .until(() -> trainings.find(started.id()).orElseThrow(), training -> training.state()
                        .isEnd());
        assertThat(hook.isPending()).isFalse();
        return ended;
    }

    /** As another replica does it, outside of this one's transaction. */
    private static void activateAnother(JdbcClient jdbc, String digest) {
        jdbc.sql("insert into model_activation (id, version, digest, activated_at, actor, why)"
                        + " values (1, :version, :digest, :now, 'an admin', 'faster')")
                .param("version", EmbeddedModel.VERSION)
                .param("digest", digest)
                .param("now", OffsetDateTime.parse("2026-01-01T00:00:00Z"))
                .update();
    }

    private static void delete(ConfigurableApplicationContext node, String number) {
        String version = node.getBean(ModelStore.class).versions().stream()
                .map(stored -> stored.version().toString())
                .filter(name -> name.endsWith("." + number))
                .findFirst()
                .orElseThrow();
        try {
            node.getBean(Releases.class).delete(version);
        } catch (Refusal e) {
            throw new IllegalStateException(e);
        }
    }
}
