package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.Blastscope;
import dev.blastscope.Smears;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.ModelVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** A service whose active model was damaged on its disk. */
@SpringBootTest(classes = Blastscope.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DamagedActiveModelIT {

    @TempDir
    private static Path home = Path.of("");

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void damage(DynamicPropertyRegistry properties) throws Exception {
        StoredModel embedded = EmbeddedModel.open();
        ModelStore store = new ModelStore(home.resolve("models"));
        ModelVersion version =
                store.publish(embedded.files().backbone(), embedded.files().heads(), name -> embedded.files()
                        .card());
        store.activate(version.toString());
        Files.write(home.resolve("models").resolve(version.toString()).resolve("heads.safetensors"), new byte[7]);
        properties.add("blastscope.home", home::toString);
    }

    @Test
    void isAliveSaysWhyItIsNotReadyAndRefusesPolitely() {
        ServiceClient client = new ServiceClient(port);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> model(client).path("status").asString().equals("DOWN"));

        assertThat(model(client).path("details").path("reason").asString())
                .contains("is damaged", "activate another version")
                .doesNotContain(home.toString());
        assertThat(client.get("/livez").status()).isEqualTo(200);
        Reply refused = client.post("image/jpeg", Smears.jpeg(Smears.benign(1)));
        assertThat(refused.isProblem(503, "model-not-ready").detail()).contains("health endpoint");
    }

    private static JsonNode model(ServiceClient client) {
        return client.get("/readyz").json().path("components").path("model");
    }
}
