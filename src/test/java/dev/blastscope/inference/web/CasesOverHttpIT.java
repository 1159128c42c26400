package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.Smears;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RunningService
class CasesOverHttpIT {

    private static final String CASES = "/api/v1/cases";

    @LocalServerPort
    private int port;

    private ServiceClient client;

    @BeforeEach
    void ready() {
        client = new ServiceClient(port).whenReady();
    }

    @Test
    void fieldsOfOneSlideGetOnePrediction() throws Exception {
        byte[] sample = Files.readAllBytes(Path.of("samples", "pre-b.jpg"));
        byte[] otherFile = Smears.png(ImageIO.read(new ByteArrayInputStream(sample)));

        JsonNode answer = cases(sample, otherFile);

        assertThat(answer.path("outcome").asString()).isEqualTo("MALIGNANT");
        assertThat(answer.path("subtype").path("winner").asString()).isEqualTo("PRE_B");
        assertThat(answer.path("agreement").asDouble()).isEqualTo(1);
        assertThat(answer.path("fields").values())
                .hasSize(2)
                .allSatisfy(field -> Predictions.keepContract(field.path("prediction")));
        JsonNode malignancy = answer.path("malignancy");
        double malignant = malignancy.path("malignant").asDouble();
        assertThat(malignant + malignancy.path("benign").asDouble()).isCloseTo(1, within(1e-3));
        assertThat(malignant)
                .isBetween(
                        malignancy.path("interval").path("low").asDouble(),
                        malignancy.path("interval").path("high").asDouble());
        int used = answer.path("used").asInt();
        assertThat(answer.path("fields").valueStream().filter(field -> field.path("used")
                        .asBoolean()))
                .hasSize(used)
                .allMatch(field -> field.path("contribution").isNumber());
        assertThat(answer.path("drivers").size()).isBetween(1, used);
        assertThat(answer.path("notice").asString()).startsWith("Research use only");
    }

    /** The queue of the service has room for five at once. */
    @Test
    void moreFieldsThanTheQueueHasRoomForTakeTurns() {
        assertThat(cases(smears(12)).path("fields").size()).isEqualTo(12);
    }

    @Test
    void whatDoesNotCountIsSaidFieldByField() {
        byte[] smear = Smears.jpeg(Smears.preB(1));
        byte[] grey = Smears.png(new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB));
        byte[] text = "no image at all".getBytes(StandardCharsets.US_ASCII);

        JsonNode answer = cases(smear, grey, text, smear);

        JsonNode fields = answer.path("fields");
        assertThat(fields.path(1).path("leftOut").asString()).isEqualTo("REVIEW");
        assertThat(fields.path(1).path("prediction").path("reasons").toString()).contains("EMPTY_FIELD");
        assertThat(fields.path(2).path("leftOut").asString()).isEqualTo("REFUSED");
        Reply.isProblem(fields.path(2).path("problem"), 415, "not-an-image");
        assertThat(fields.path(3).path("leftOut").asString()).isEqualTo("DUPLICATE");
        assertThat(fields.path(3).path("duplicateOf").asInt()).isZero();
        assertThat(answer.path("outcome").asString()).isEqualTo("REVIEW");
        assertThat(answer.path("probabilitiesUsable").asBoolean()).isFalse();
        assertThat(answer.path("reasons").toString()).contains("FEW_USABLE_FIELDS");
    }

    @Test
    void aCaseWithoutAnyUsableFieldHasNoProbabilities() {
        JsonNode answer = cases(new byte[0], new byte[] {1});

        assertThat(answer.path("outcome").asString()).isEqualTo("REVIEW");
        assertThat(answer.path("used").asInt()).isZero();
        assertThat(answer.has("malignancy")).isFalse();
        assertThat(answer.path("drivers").size()).isZero();
    }

    @Test
    void aCaseIsRecordedBesideItsFields() {
        JsonNode answer = cases(smears(2));

        JsonNode records = client.get(
                        "/api/v1/admin/audit?predictionId=" + answer.path("id").asString())
                .json()
                .path("records");

        assertThat(records.size()).isEqualTo(1);
        assertThat(records.path(0).path("action").asString()).isEqualTo("CASE_PREDICTION");
        JsonNode details = records.path(0).path("details");
        assertThat(details.path("outcome")).isEqualTo(answer.path("outcome"));
        assertThat(details.path("fields").path(1).path("prediction"))
                .isEqualTo(answer.path("fields").path(1).path("prediction").path("id"));
    }

    @Test
    void aCaseHasAtMost64Fields() {
        Reply reply = client.form(
                CASES,
                PredictionContractIT.images(
                        Collections.nCopies(65, new byte[] {1}).toArray(byte[][]::new)));

        assertThat(reply.isProblem(413, "too-many-images").detail()).contains("65", "64");
    }

    @Test
    void aCaseThatIsLateIsNotDecidedByTheFieldsThatWereInTime() {
        Reply reply = client.form(
                CASES, ServiceClient.body(PredictionContractIT.images(smears(12))), DeadlineHeader.NAME, "20");

        reply.isProblem(504, "deadline-exceeded");
    }

    @Test
    void casesAreCounted() {
        JsonNode answer = cases(smears(1));

        assertThat(client.get("/actuator/prometheus").body())
                .containsPattern("blastscope_cases_total\\{outcome=\""
                        + answer.path("outcome").asString().toLowerCase(Locale.ROOT) + "\"\\} [1-9]");
    }

    private static byte[][] smears(int count) {
        return IntStream.range(0, count)
                .mapToObj(seed -> Smears.jpeg(Smears.preB(seed)))
                .toArray(byte[][]::new);
    }

    private JsonNode cases(byte[]... fields) {
        Reply reply = client.form(CASES, PredictionContractIT.images(fields));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }
}
