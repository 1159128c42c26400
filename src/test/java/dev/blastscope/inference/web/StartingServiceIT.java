package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Blastscope;
import dev.blastscope.Smears;
import dev.blastscope.inference.ModelPreparation;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** A service whose model is still being made. */
@SpringBootTest(
        classes = {Blastscope.class, StartingServiceIT.Held.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "blastscope.home=target/home-of-web-tests")
class StartingServiceIT {

    private static final byte[] SMEAR = Smears.jpeg(Smears.benign(1));
    private static final CountDownLatch shown = new CountDownLatch(1);
    private static final CountDownLatch released = new CountDownLatch(1);

    @LocalServerPort
    private int port;

    @Test
    void theServiceIsAliveButNotReadyUntilItsModelIsLoaded() throws InterruptedException {
        ServiceClient client = new ServiceClient(port);
        shown.await();

        assertThat(client.get("/livez").status()).isEqualTo(200);
        Reply readiness = client.get("/readyz");
        assertThat(readiness.status()).isEqualTo(503);
        JsonNode model = readiness.json().path("components").path("model");
        assertThat(model.path("status").asString()).isEqualTo("OUT_OF_SERVICE");
        assertThat(model.path("details").path("done").asInt()).isEqualTo(3);

        Reply refused = client.post("image/jpeg", SMEAR).isProblem(503, "model-not-ready");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        client.form(ServiceClient.BATCH, PredictionContractIT.images(SMEAR)).isProblem(503, "model-not-ready");
        Reply card = client.get("/api/v1/models/active").isProblem(503, "model-not-ready");
        assertThat(card.header("Retry-After")).isNotEmpty();
        assertThat(client.get("/api/v1/models").json().path(0).path("active").asBoolean())
                .isFalse();
        Metrics metrics = Metrics.of(client);
        assertThat(metrics.lines()).noneMatch(line -> line.startsWith("blastscope_model_info{"));
        assertThat(metrics.refusals("model-not-ready")).isEqualTo(2);

        released.countDown();
        client.whenReady();
        assertThat(client.post("image/jpeg", SMEAR).status()).isEqualTo(200);
        assertThat(Metrics.of(client).lines()).anyMatch(line -> line.startsWith("blastscope_model_info{"));
    }

    /** Holds the loading of the model until the test has seen enough. */
    @Configuration(proxyBeanMethods = false)
    static class Held {

        @Bean
        ModelPreparation held() {
            return progress -> {
                progress.accept(Map.of("stage", "training: epochs", "done", 3, "total", 40));
                shown.countDown();
                released.await();
            };
        }
    }
}
