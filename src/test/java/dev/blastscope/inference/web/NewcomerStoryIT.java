package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Smears;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What somebody meets who has just started the service. */
@RunningService
class NewcomerStoryIT {

    private static final String NOTICE = "Research use only. Not a medical device, not a diagnosis.";

    @LocalServerPort
    private int port;

    @Test
    void aNewcomerPostsASmearAndLooksAround() {
        ServiceClient client = new ServiceClient(port).whenReady();
        theAddressInTheBrowserLeadsToTheInteractiveApi(client);
        JsonNode prediction = aSmearGetsAnAnswerWithEveryFieldOfTheContract(client);
        theModelThatAnsweredHasACard(client, prediction.path("model"));
        healthNamesTheModel(client, prediction.path("model"));
        metricsNameTheModelAndCountTheSmear(client, prediction);
    }

    private static void theAddressInTheBrowserLeadsToTheInteractiveApi(ServiceClient client) {
        Reply root = client.get("/");
        assertThat(root.status()).isEqualTo(302);
        assertThat(root.header("Location")).endsWith("/swagger-ui.html");
        assertThat(client.get("/swagger-ui/index.html").body()).contains("Swagger UI");
    }

    private static JsonNode aSmearGetsAnAnswerWithEveryFieldOfTheContract(ServiceClient client) {
        byte[] smear = Smears.jpeg(Smears.preB(1, 320, 240));
        Reply reply = client.form(ServiceClient.PREDICTIONS, ServiceClient.image(smear));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("X-Request-Id")).isNotEmpty();
        JsonNode prediction = reply.json();
        assertThat(prediction.path("id").asString()).hasSize(36);
        Predictions.keepContract(prediction);
        assertThat(prediction.path("image").path("sha256").asString()).isEqualTo(DigestUtils.sha256Hex(smear));
        assertThat(prediction.path("image").path("width").asInt()).isEqualTo(320);
        assertThat(prediction.path("image").path("height").asInt()).isEqualTo(240);
        assertThat(prediction.path("image").path("format").asString()).isEqualTo("jpeg");
        return prediction;
    }

    private static void theModelThatAnsweredHasACard(ServiceClient client, JsonNode model) {
        String version = model.path("version").asString();
        JsonNode listed = client.get("/api/v1/models").json().path(0);
        assertThat(listed.path("version").asString()).isEqualTo(version);
        assertThat(listed.path("active").asBoolean()).isTrue();
        assertThat(listed.path("complete").asBoolean()).isTrue();

        JsonNode card = client.get("/api/v1/models/active").json();
        assertThat(card.path("version")).isEqualTo(model.path("version"));
        assertThat(card.path("digest")).isEqualTo(model.path("digest"));
        assertThat(card.path("notice").asString()).isEqualTo(NOTICE);
        assertThat(card.path("card").path("intendedUse").asString()).isNotEmpty();
        assertThat(card.path("card").path("evaluations").size()).isPositive();
        assertThat(client.get("/api/v1/models/" + version).json()).isEqualTo(card);
    }

    private static void healthNamesTheModel(ServiceClient client, JsonNode model) {
        assertThat(client.get("/livez").status()).isEqualTo(200);
        JsonNode readiness = client.get("/readyz").json();
        assertThat(readiness.path("status").asString()).isEqualTo("UP");
        assertThat(readiness.path("components").path("model").path("details")).isEqualTo(model);
    }

    private static void metricsNameTheModelAndCountTheSmear(ServiceClient client, JsonNode prediction) {
        Metrics metrics = Metrics.of(client);
        assertThat(metrics.lines())
                .anyMatch(line -> line.startsWith("blastscope_model_info{backbone=\"")
                        && line.contains("digest=\""
                                + prediction.path("model").path("digest").asString())
                        && line.endsWith(" 1"));
        assertThat(metrics.predictions(prediction.path("outcome").asString())).isPositive();
    }
}
