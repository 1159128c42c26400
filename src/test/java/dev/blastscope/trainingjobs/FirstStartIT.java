package dev.blastscope.trainingjobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.Blastscope;
import dev.blastscope.SmearFolder;
import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service, started without a model and told to train one. */
class FirstStartIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;

    FirstStartIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void theServiceIsReadyWithTheModelThatItTrained() throws Exception {
        SmearFolder.write(folder.resolve("smears"), 4);
        try (ConfigurableApplicationContext service = start()) {
            await().atMost(PATIENCE).until(() -> readiness(service).statusCode() == 200);

            assertThat(readiness(service).body()).containsPattern("\"version\" ?: ?\"20\\d\\d-\\d\\d-\\d\\d\\.1\"");
        }
    }

    @Test
    void theServiceIsNotReadyAndSaysWhyWhereTheDataSetIsBad() throws Exception {
        SmearFolder.writeClass(folder.resolve("smears"), SmearClass.BENIGN, 3);
        try (ConfigurableApplicationContext service = start()) {
            await().atMost(PATIENCE).until(() -> readiness(service).body().contains("reason"));

            assertThat(readiness(service).statusCode()).isEqualTo(503);
            assertThat(readiness(service).body())
                    .contains("The data set cannot be trained on: early_pre_b has no usable image");
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(Blastscope.class)
                .run(
                        "--server.port=0",
                        "--blastscope.home=" + folder.resolve("home"),
                        "--blastscope.train-on-start=" + folder.resolve("smears"),
                        "--blastscope.training.epochs=1");
    }

    private static HttpResponse<String> readiness(ConfigurableApplicationContext service)
            throws IOException, InterruptedException {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        URI uri = URI.create("http://localhost:" + port + "/actuator/health/readiness");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
