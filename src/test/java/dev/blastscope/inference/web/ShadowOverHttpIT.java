package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.Blastscope;
import dev.blastscope.Smears;
import dev.blastscope.modelstore.EmbeddedCopy;
import dev.blastscope.modelstore.ModelStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** A challenger scores what the active model answers, and answers nothing. */
@SpringBootTest(
        classes = Blastscope.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"blastscope.security.admin-key=" + RunningService.ADMIN_KEY, "blastscope.releases.poll=100ms"})
class ShadowOverHttpIT {

    private static final String MODELS = "/api/v1/admin/models/";
    private static final String SHADOW = MODELS + "shadow";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private static Path home = Path.of("");

    private static String challenger = "";

    @LocalServerPort
    private int port;

    private ServiceClient client;

    /** A copy of the embedded model. */
    @DynamicPropertySource
    static void publish(DynamicPropertyRegistry properties) throws Exception {
        challenger = EmbeddedCopy.publish(new ModelStore(home.resolve("models")));
        properties.add("blastscope.home", home::toString);
    }

    @BeforeEach
    void ready() {
        client = new ServiceClient(port).whenReady();
    }

    @AfterEach
    void end() {
        client.send("POST", MODELS + "embedded/activate");
        client.send("DELETE", SHADOW);
    }

    @Test
    void aChallengerScoresWhatIsAnsweredByTheActiveModel() {
        JsonNode begun = client.send("POST", MODELS + challenger + "/shadow?why=a+new+stain")
                .json();
        assertThat(begun.path("version").asString()).isEqualTo(challenger);
        assertThat(begun.path("why").asString()).isEqualTo("a new stain");

        for (int seed = 0; seed < 3; seed++) {
            JsonNode answer =
                    client.post("image/png", Smears.png(Smears.preB(seed))).json();
            assertThat(answer.path("model").path("version").asString()).isEqualTo("embedded");
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        client.get(SHADOW).json().path("report").path("images").asInt())
                .isEqualTo(3));
        JsonNode report = client.get(SHADOW).json().path("report");
        assertThat(report.path("agreement").asDouble()).as("it is a copy").isEqualTo(1);
        assertThat(report.path("meanDifference").asDouble()).isZero();
        assertThat(report.path("disagreements").size()).isZero();
        assertThat(client.get("/actuator/prometheus").body())
                .containsPattern("blastscope_shadow_predictions_total\\{active=\"\\w+\",challenger=\"\\w+\"\\} [1-3]")
                .contains("blastscope_shadow_difference 0.0", "blastscope_shadow_pass_seconds_count 3");

        assertThat(client.send("DELETE", SHADOW + "?why=seen+enough").status()).isEqualTo(204);
        client.get(SHADOW).isProblem(404, "no-shadow");
        assertThat(client.get("/api/v1/admin/audit?limit=1000").body())
                .contains("SHADOW_STARTED", "a new stain", "SHADOW_ENDED", "seen enough");
    }

    @Test
    void aChallengerThatBecomesActiveIsNoChallengerAnyMore() {
        assertThat(client.send("POST", MODELS + challenger + "/shadow").status())
                .isEqualTo(200);
        assertThat(client.send("POST", MODELS + challenger + "/activate?force=true&why=better")
                        .status())
                .isEqualTo(200);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(client.get(SHADOW).status()).isEqualTo(404));
    }

    @Test
    void theActiveModelAndOneThatDoesNotExistAreRefused() {
        client.send("POST", MODELS + "embedded/shadow").isProblem(409, "shadow-is-active");
        client.send("POST", MODELS + "2020-01-01.1/shadow").isProblem(404, "no-such-model");
        client.send("POST", MODELS + challenger + "/shadow?why=" + "x".repeat(1001))
                .isProblem(400, "invalid-reason");
        assertThat(client.send("DELETE", SHADOW).status()).isEqualTo(204);
    }

    @Test
    void beginningTwiceChangesNothing() {
        JsonNode first = client.send("POST", MODELS + challenger + "/shadow").json();
        JsonNode again =
                client.send("POST", MODELS + challenger + "/shadow?why=again").json();

        assertThat(again.path("since")).isEqualTo(first.path("since"));
        assertThat(again.path("why")).isEqualTo(first.path("why"));
    }
}
