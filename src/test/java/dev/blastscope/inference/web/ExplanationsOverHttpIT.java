package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.Smears;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Explanations beside a prediction, as values and as a picture. */
@RunningService
class ExplanationsOverHttpIT {

    private static final String EXPLANATIONS = "/api/v1/explanations";
    private static final String NOTICE = "Research use only. Not a medical device, not a diagnosis.";
    private static final byte[] MALIGNANT = sample("pre-b.jpg");
    private static final byte[] BENIGN = sample("benign.jpg");

    @LocalServerPort
    private int port;

    private ServiceClient client;

    @BeforeEach
    void ready() {
        client = new ServiceClient(port).whenReady();
    }

    @Test
    void aPredictionIsExplainedIfThatIsAskedForAndElseAsEver() {
        JsonNode plain = client.form(ServiceClient.PREDICTIONS, ServiceClient.image(MALIGNANT))
                .json();
        JsonNode explained = client.form(ServiceClient.PREDICTIONS + "?explain=true", ServiceClient.image(MALIGNANT))
                .json();

        Predictions.keepContract(explained);
        assertThat(plain.has("explanation")).isFalse();
        assertThat(explained.path("malignancy")).isEqualTo(plain.path("malignancy"));
        assertThat(explained.path("outcome").asString()).isEqualTo("MALIGNANT");
        isEvidence(explained.at("/explanation/malignancy"), "MALIGNANT");
        isEvidence(
                explained.at("/explanation/subtype"),
                explained.at("/subtype/winner").asString());
        double benign = explained.at("/malignancy/benign").asDouble();
        assertThat(explained.at("/explanation/malignancy/score").asDouble())
                .isCloseTo(Math.log((1 - benign) / benign), within(2e-3));
    }

    @Test
    void aBenignPredictionHasNoSubtypeToExplain() {
        JsonNode explained = client.form(ServiceClient.PREDICTIONS + "?explain=true", ServiceClient.image(BENIGN))
                .json();

        assertThat(explained.at("/malignancy/benign").asDouble()).isGreaterThan(0.9);
        assertThat(explained.at("/explanation/malignancy/score").asDouble()).isNegative();
        assertThat(explained.path("explanation").has("subtype")).isFalse();
        explain("subtype", "application/json", BENIGN).isProblem(422, "no-subtype");
        explain("subtype", "image/png", BENIGN).isProblem(422, "no-subtype");
    }

    @ParameterizedTest
    @ValueSource(strings = {"malignancy", "subtype"})
    void theValuesAreThoseOfThePrediction(String head) {
        JsonNode prediction = client.form(ServiceClient.PREDICTIONS + "?explain=true", ServiceClient.image(MALIGNANT))
                .json();
        JsonNode values = explain(head, "application/json", MALIGNANT).json();

        assertThat(values.path("evidence"))
                .isEqualTo(prediction.path("explanation").path(head));
        assertThat(values.path("head").asString()).isEqualTo(head);
        for (String field : new String[] {"outcome", "model", "image", "notice"}) {
            assertThat(values.path(field)).as(field).isEqualTo(prediction.path(field));
        }
        assertThat(values.path("notice").asString()).isEqualTo(NOTICE);
    }

    @ParameterizedTest
    @CsvSource({"224, 224, 372", "640, 480, 640"})
    void thePictureHasTheSizeOfTheUploadAndALegend(int width, int height, int wide) throws IOException {
        byte[] smear = Smears.png(Smears.proB(1, width, height));
        HttpResponse<byte[]> response = send("?head=malignancy", "image/png", "image/png", smear);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(response.body()));
        assertThat(picture.getWidth()).isEqualTo(wide);
        assertThat(picture.getHeight()).isBetween(height + 60, height + 200);
        assertThat(colours(picture, width, height)).isGreaterThan(100);
    }

    @Test
    void thePictureOfTheSubtypeIsAnother() {
        HttpResponse<byte[]> subtype = send("?head=subtype", "image/png", "image/jpeg", MALIGNANT);
        assertThat(subtype.statusCode()).isEqualTo(200);
        assertThat(subtype.body())
                .isNotEqualTo(send("?head=malignancy", "image/png", "image/jpeg", MALIGNANT)
                        .body());
    }

    @Test
    void aFormAndTheBareBytesGetTheSameExplanation() {
        Reply form = client.form(
                EXPLANATIONS + "?head=malignancy",
                ServiceClient.body(ServiceClient.image(MALIGNANT)),
                "Accept",
                "application/json");
        JsonNode bare = explain("malignancy", "application/json", MALIGNANT).json();
        assertThat(form.json().path("evidence")).isEqualTo(bare.path("evidence"));
        assertThat(form.json().path("id")).isNotEqualTo(bare.path("id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | application/json",
                "image/png | image/png",
                "*/* | image/png",
                "image/* | image/png",
                "application/json, image/png;q=0.5 | application/json",
                "application/json;q=0.5, image/png | image/png",
                "application/json, */*;q=0.1 | application/json",
                "text/html, */* | image/png"
            })
    void acceptDecidesBetweenPictureAndValues(String accept, String type) {
        HttpResponse<byte[]> response = send("?head=malignancy", accept, "image/png", MALIGNANT);
        assertThat(response.headers().firstValue("Content-Type")).contains(type);
    }

    @Test
    void aTypeThatIsNeitherIsRefused() {
        explain("malignancy", "text/html", MALIGNANT).isProblem(406, "not-acceptable");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "prognosis", "MALIGNANCY"})
    void aHeadThatIsNoneIsRefusedWithThoseThatAre(String head) {
        String query = head == null ? "" : "?head=" + head;
        for (String accept : new String[] {"application/json", "image/png"}) {
            Reply reply = reply(send(query, accept, "image/png", MALIGNANT)).isProblem(400, "unknown-head");
            assertThat(reply.detail()).contains("malignancy, subtype");
        }
    }

    @Test
    void unknownParametersAndWrongValuesAreRefused() {
        client.form(ServiceClient.PREDICTIONS + "?explain=perhaps", ServiceClient.image(MALIGNANT))
                .isProblem(400, "bad-request");
        client.form(ServiceClient.BATCH + "?explain=true", PredictionContractIT.images(MALIGNANT))
                .isProblem(400, "unknown-parameter");
        reply(send("?head=malignancy&size=9", "image/png", "image/png", MALIGNANT))
                .isProblem(400, "unknown-parameter");
    }

    @Test
    void anUploadIsRefusedAsAPredictionWouldBe() {
        explain("malignancy", "image/png", "no image".getBytes(StandardCharsets.US_ASCII))
                .isProblem(415, "not-an-image");
        explain("malignancy", "image/png", Smears.png(Smears.benign(1, 16, 16))).isProblem(422, "too-small");
        explain("malignancy", "application/json", new byte[1_100_000]).isProblem(413, "too-many-bytes");
        reply(send("?head=malignancy", "image/png", "text/plain", MALIGNANT)).isProblem(415, "unsupported-media-type");
        client.form(EXPLANATIONS + "?head=malignancy", new ServiceClient.Part("smear", MALIGNANT))
                .isProblem(400, "unknown-part");
        reply(send("?head=malignancy", "image/png", "image/png", MALIGNANT, "X-Deadline-Ms", "0"))
                .isProblem(400, "invalid-deadline");
    }

    @Test
    void anExplanationIsRecordedAsThePredictionThatItIs() {
        String id = explain("malignancy", "application/json", MALIGNANT)
                .json()
                .path("id")
                .asString();
        JsonNode records = client.get("/api/v1/admin/audit?predictionId=" + id).json();
        assertThat(records.at("/records/0/action").asString())
                .as(records.toString())
                .isEqualTo("PREDICTION");
    }

    /** Drawings whose outcome is clear. */
    private static byte[] sample(String name) {
        try {
            return Files.readAllBytes(Path.of("samples", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply explain(String head, String accept, byte[] smear) {
        return reply(send("?head=" + head, accept, "image/png", smear));
    }

    private static Reply reply(HttpResponse<byte[]> response) {
        return new Reply(
                response.statusCode(), response.headers().map(), new String(response.body(), StandardCharsets.UTF_8));
    }

    private HttpResponse<byte[]> send(String query, String accept, String contentType, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + EXPLANATIONS + query))
                .header("Accept", accept)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofByteArray(body));
        try {
            return HttpClient.newHttpClient()
                    .send(
                            (headers.length == 0 ? request : request.headers(headers)).build(),
                            BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void isEvidence(JsonNode evidence, String towards) {
        assertThat(evidence.path("towards").asString()).isEqualTo(towards);
        double sum = evidence.path("constant").asDouble();
        assertThat(evidence.path("cells").size()).isEqualTo(7);
        for (JsonNode row : evidence.path("cells")) {
            assertThat(row.size()).isEqualTo(7);
            sum += row.values().stream().mapToDouble(JsonNode::asDouble).sum();
        }
        assertThat(sum).isCloseTo(evidence.path("score").asDouble(), within(1e-2));
    }

    /** How many pixels of the smear are not grey. */
    private static long colours(BufferedImage picture, int width, int height) {
        long colours = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = picture.getRGB(x, y);
                colours += (rgb >> 16 & 0xFF) == (rgb & 0xFF) ? 0 : 1;
            }
        }
        return colours;
    }
}
