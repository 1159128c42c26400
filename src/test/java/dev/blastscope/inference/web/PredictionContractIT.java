package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Smears;
import dev.blastscope.prediction.SmearClass;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RunningService
class PredictionContractIT {

    private static final byte[] SMEAR = Smears.jpeg(Smears.proB(1));

    @LocalServerPort
    private int port;

    private ServiceClient client;

    @BeforeEach
    void ready() {
        client = new ServiceClient(port).whenReady();
    }

    @ParameterizedTest
    @EnumSource
    void everyPredictionKeepsTheContract(SmearClass smearClass) {
        Predictions.keepContract(
                client.form(ServiceClient.PREDICTIONS, ServiceClient.image(Smears.jpeg(Smears.draw(smearClass, 3))))
                        .json());
    }

    @Test
    void aFormAndTheBareBytesGetTheSameAnswer() {
        JsonNode form = client.form(ServiceClient.PREDICTIONS, ServiceClient.image(SMEAR))
                .json();
        JsonNode bare = client.post("image/jpeg", SMEAR).json();
        for (String field : new String[] {"outcome", "model", "image", "notice"}) {
            assertThat(bare.path(field)).as(field).isEqualTo(form.path(field));
        }
        assertThat(bare.path("id")).isNotEqualTo(form.path("id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/jpeg", "image/png", "image/x-unheard-of"})
    void theBytesDecideAndNotTheDeclaredType(String declared) {
        Reply reply = client.post(declared, Smears.png(Smears.benign(1)));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("image").path("format").asString()).isEqualTo("png");
    }

    @Test
    void aBatchIsAnsweredInTheOrderSentEachImageForItself() {
        byte[] text = "no image at all".getBytes(StandardCharsets.US_ASCII);
        Reply reply = client.form(
                ServiceClient.BATCH,
                images(Smears.png(Smears.benign(1)), text, Arrays.copyOf(SMEAR, SMEAR.length / 2), SMEAR));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode results = reply.json().path("results");
        assertThat(results.size()).isEqualTo(4);
        Predictions.keepContract(results.path(0));
        assertThat(results.path(0).path("image").path("format").asString()).isEqualTo("png");
        Reply.isProblem(results.path(1), 415, "not-an-image");
        Reply.isProblem(results.path(2), 422, "truncated");
        Predictions.keepContract(results.path(3));
        assertThat(results.path(3).path("image").path("format").asString()).isEqualTo("jpeg");
    }

    @Test
    void aBatchOfBadImagesAloneIsStillABatch() {
        Reply reply = client.form(ServiceClient.BATCH, images(new byte[0]));
        assertThat(reply.status()).isEqualTo(200);
        Reply.isProblem(reply.json().path("results").path(0), 400, "empty");
    }

    @Test
    void aRequestIdOfTheCallersOwnComesBack() {
        assertThat(client.get("/livez", "X-Request-Id", "run-7.image_12").header("X-Request-Id"))
                .isEqualTo("run-7.image_12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "<script>alert(1)</script>", "%0d%0aforged", ""})
    void aRequestIdThatCouldDoHarmIsReplaced(String harmful) {
        assertThat(client.get("/livez", "X-Request-Id", harmful).header("X-Request-Id"))
                .matches("[0-9a-f-]{36}");
    }

    @Test
    void aVeryLongRequestIdIsReplaced() {
        assertThat(client.get("/livez", "X-Request-Id", "x".repeat(65)).header("X-Request-Id"))
                .hasSize(36);
    }

    @Test
    void aDeadlineThatIsFarEnoughChangesNothing() {
        assertThat(client.post("image/jpeg", SMEAR, "X-Deadline-Ms", "600000").status())
                .isEqualTo(200);
    }

    static ServiceClient.Part[] images(byte[]... files) {
        return Arrays.stream(files)
                .map(file -> new ServiceClient.Part("images", file))
                .toArray(ServiceClient.Part[]::new);
    }
}
