package dev.blastscope.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.inference.ServingModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelVersion;
import dev.blastscope.refusal.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two replicas with a home each and one database between them. */
abstract class ReplicasContract {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path homes;
    private final String database = database();

    ReplicasContract(@TempDir Path homes) {
        this.homes = homes;
    }

    /** The URL of a database of its own. */
    abstract String database();

    @Test
    void oneActivatesAndTheOtherFollowsAlsoBackAndWhenItStartsLater() throws Exception {
        try (Service one = start("one");
                Service other = start("other")) {
            String first = one.publish();
            String second = one.publish();
            one.releases().activate(first, "");
            one.releases().activate(second, "");
            other.whenServing(second);
            assertThat(digest(other)).isEqualTo(digest(one));

            other.releases().rollBack("");
            one.whenServing(first);
            await().atMost(PATIENCE).until(() -> other.versions().equals(one.versions()));
            assertThat(other.releases().replicas()).hasSize(2);
            try (Service late = start("late")) {
                assertThat(late.version()).isEqualTo(first);
                assertThat(digest(late)).isEqualTo(digest(one));
            }
        }
    }

    @Test
    void aFileThatVersionsShareIsStoredOnceAndWhatIsDeletedGoesFromEveryReplica() throws Exception {
        try (Service one = start("one");
                Service other = start("other")) {
            one.releases().activate(one.publish(), "");
            long withOne = chunks();
            String second = one.publish();
            await().atMost(PATIENCE).until(() -> other.versions().contains(second));
            assertThat(chunks()).as("but for the card and the checksums").isEqualTo(withOne + 2);

            other.releases().delete(second);
            await().atMost(PATIENCE).until(() -> !one.versions().contains(second));
            assertThat(chunks()).isEqualTo(withOne);
            assertThat(one.publish()).as("the name is not given again").isNotEqualTo(second);
        }
    }

    @Test
    void replicasThatChooseTheSameNameAtOncePublishUnderTwo() throws Exception {
        try (Service one = start("one");
                Service other = start("other")) {
            List<String> faster = new ArrayList<>();
            String slower = other.publications().publish(store -> {
                ModelVersion chosen = Service.publish(store, "slower");
                if (faster.isEmpty()) {
                    faster.add(publish(one, "faster"));
                }
                return chosen;
            });

            assertThat(slower).isNotEqualTo(faster.get(0));
            assertThat(other.publications().ofTraining("slower")).hasValue(slower);
            assertThat(one.publications().ofTraining("slower")).isIn(Optional.empty(), Optional.of(slower));
            assertThat(one.publications().open(slower).digest())
                    .isEqualTo(other.store().card(slower).digest());
            assertThat(other.publications().open(faster.get(0)).digest())
                    .isEqualTo(one.store().card(faster.get(0)).digest());
        }
    }

    @Test
    void aBitFlippedInTheDatabaseIsRefusedAndTheOldModelKeepsServing() throws Exception {
        String first;
        String second;
        try (Service one = start("one")) {
            first = one.publish();
            one.releases().activate(first, "");
            try (Service other = start("other")) {
                assertThat(other.version()).isEqualTo(first);
            }
            second = one.publish();
            one.releases().activate(second, "");
        }
        flipABit(second);
        try (Service other = start("other")) {
            assertThat(other.version()).isEqualTo(first);
            assertThat(other.versions()).doesNotContain(second);
            assertThat(other.send("GET", "/readyz").statusCode()).isEqualTo(200);
        }
        try (Service unready = Service.start(homes.resolve("new"), settings())) {
            await().atMost(PATIENCE)
                    .until(() -> unready.send("GET", "/readyz").body().contains("does not match its checksum"));
            unready.releases().activate(EmbeddedModel.VERSION, "");
            assertThat(unready.version()).isEqualTo(EmbeddedModel.VERSION);
        }
    }

    private Service start(String home) {
        return Service.start(homes.resolve(home), settings()).whenReady();
    }

    private String[] settings() {
        return new String[] {"--spring.datasource.url=" + database, "--blastscope.releases.sharing=database"};
    }

    private static String publish(Service service, String training) {
        try {
            return service.publications().publish(store -> Service.publish(store, training));
        } catch (Refusal e) {
            throw new AssertionError(e);
        }
    }

    private static String digest(Service service) {
        return service.serving().map(ServingModel::digest).orElseThrow();
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(new DriverManagerDataSource(database));
    }

    private long chunks() {
        return jdbc().sql("select count(*) from model_chunk").query(Long.class).single();
    }

    private void flipABit(String version) {
        byte[] content = jdbc().sql("select content from model_chunk where part = 0 and owner ="
                        + " (select sha256 from model_file where version = :version and name = 'heads.safetensors')")
                .param("version", version)
                .query(byte[].class)
                .single();
        content[content.length / 2] ^= 1;
        jdbc().sql("update model_chunk set content = :content where part = 0 and owner ="
                        + " (select sha256 from model_file where version = :version and name = 'heads.safetensors')")
                .param("content", content)
                .param("version", version)
                .update();
    }
}
