package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.Blastscope;
import dev.blastscope.Smears;
import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditRecord.Event;
import dev.blastscope.audit.AuditTrail;
import dev.blastscope.audit.Durability;
import dev.blastscope.modelstore.EmbeddedCopy;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.Precision;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the service answers is on record, and can be made again. */
@SpringBootTest(
        classes = Blastscope.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "blastscope.security.admin-key=" + RunningService.ADMIN_KEY)
class RecordedPredictionsIT {

    private static final String AUDIT = "/api/v1/admin/audit";

    @TempDir
    private static Path home = Path.of("");

    private static String anotherVersion = "";

    @LocalServerPort
    private int port;

    @Autowired
    private ModelStore store;

    @Autowired
    private AuditTrail trail;

    private ServiceClient client;

    /** Beside the embedded model, which answers, there is a copy of it that does not. */
    @DynamicPropertySource
    static void publish(DynamicPropertyRegistry properties) throws Exception {
        anotherVersion = EmbeddedCopy.publish(new ModelStore(home.resolve("models")));
        properties.add("blastscope.home", home::toString);
    }

    @BeforeEach
    void ready() {
        client = new ServiceClient(port).whenReady();
    }

    @Test
    void aPredictionIsRecordedWithWhatWasAnsweredAndNeverTheFilesName() {
        byte[] smear = Smears.jpeg(Smears.proB(11));

        Reply answer = client.form(ServiceClient.PREDICTIONS, ServiceClient.image(smear));

        JsonNode record = last();
        assertThat(record.path("action").asString()).isEqualTo("PREDICTION");
        assertThat(record.path("actor").asString()).isEqualTo("anonymous");
        assertThat(record.path("image").asString()).isEqualTo(DigestUtils.sha256Hex(smear));
        JsonNode details = record.path("details");
        assertThat(details.path("requestId").asString()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(details.path("model")).isEqualTo(answer.json().path("model").path("version"));
        assertThat(details.path("digest")).isEqualTo(answer.json().path("model").path("digest"));
        assertThat(details.path("outcome")).isEqualTo(answer.json().path("outcome"));
        assertThat(details.path("predictionId")).isEqualTo(answer.json().path("id"));
        double exact = details.path("malignancy").path("MALIGNANT").asDouble();
        assertThat(answer.json().path("malignancy").path("malignant").decimalValue())
                .isEqualByComparingTo(new BigDecimal(exact).round(new MathContext(4)));
        assertThat(record.toString()).doesNotContain("name-of-a-patient");
    }

    @Test
    void everyAnsweredImageOfABatchIsRecordedAndNoOther() {
        long before = last().path("sequence").asLong();

        client.form(
                ServiceClient.BATCH,
                PredictionContractIT.images(
                        Smears.png(Smears.benign(12)), new byte[] {1, 2, 3}, Smears.png(Smears.preB(12))));

        assertThat(last().path("sequence").asLong()).isEqualTo(before + 2);
    }

    @Test
    void aDecisionIsTheSameWhenItIsMadeAgain() {
        byte[] smear = Smears.jpeg(Smears.preB(13));
        client.form(ServiceClient.PREDICTIONS, ServiceClient.image(smear));
        long sequence = last().path("sequence").asLong();

        Reply replay = replay(sequence, smear);

        assertThat(replay.status()).as(replay.body()).isEqualTo(200);
        assertThat(replay.json().path("same").asBoolean()).as(replay.body()).isTrue();
        assertThat(replay.json().path("largestDifference").asDouble()).isCloseTo(0, within(1e-4));
        assertThat(last().path("action").asString()).isEqualTo("PREDICTION_REPLAYED");
        replay(sequence, Smears.jpeg(Smears.preB(14))).isProblem(422, "image-mismatch");
        replay(sequence + 1, smear).isProblem(409, "not-a-prediction");
        replay(sequence + 1_000_000, smear).isProblem(404, "no-such-record");
    }

    @Test
    void aDecisionOfAnotherVersionIsMadeAgainByThatVersion() throws Exception {
        byte[] smear = Smears.jpeg(Smears.benign(15));
        client.form(ServiceClient.PREDICTIONS, ServiceClient.image(smear));
        ObjectNode details = (ObjectNode) last().path("details");
        details.put("model", anotherVersion)
                .put(
                        "digest",
                        Objects.requireNonNull(
                                        store.card(anotherVersion).renditions().get(Precision.INT8))
                                .digest());

        Reply replay = replay(record(smear, details), smear);
        assertThat(replay.json().path("same").asBoolean()).as(replay.body()).isTrue();
        assertThat(replay.json().path("replayed").path("model").asString()).isEqualTo(anotherVersion);

        details.putObject("malignancy").put("BENIGN", 0.3).put("MALIGNANT", 0.7);
        assertThat(replay(record(smear, details), smear).json().path("same").asBoolean())
                .isFalse();

        details.put("digest", "sha256:of-a-model-that-is-gone");
        replay(record(smear, details), smear).isProblem(409, "model-unavailable");
    }

    @Test
    void anImageIsErasedAndTheTrailStaysIntact() {
        byte[] smear = Smears.jpeg(Smears.earlyPreB(16));
        String sha256 = DigestUtils.sha256Hex(smear);
        client.form(ServiceClient.PREDICTIONS, ServiceClient.image(smear));
        long sequence = last().path("sequence").asLong();

        Reply erased = client.send("DELETE", AUDIT + "/images/" + sha256);

        assertThat(erased.json().path("records").asInt()).isEqualTo(1);
        JsonNode record = page(sequence);
        assertThat(record.path("erased").asBoolean()).isTrue();
        assertThat(record.toString()).doesNotContain(sha256, "details", "salt");
        replay(sequence, smear).isProblem(410, "record-erased");
        JsonNode report = client.send("POST", AUDIT + "/verify").json();
        assertThat(report.path("intact").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.path("erased").asInt()).isEqualTo(1);
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        client.send("POST", AUDIT + "/verify?noted=1:x").isProblem(400, "invalid-head");
        client.send("POST", AUDIT + "/verify?note=1:x").isProblem(400, "unknown-parameter");
        client.send("DELETE", AUDIT + "/images/none").isProblem(400, "invalid-digest");
    }

    @Test
    void aPredictionIsFoundByTheIdOfItsAnswerItsImageAndItsTime() {
        byte[] smear = Smears.jpeg(Smears.preB(17));
        Instant before = Instant.now().minusSeconds(1);
        String id = client.form(ServiceClient.PREDICTIONS, ServiceClient.image(smear))
                .json()
                .path("id")
                .asString();
        String sha256 = DigestUtils.sha256Hex(smear);

        for (String query : List.of(
                "predictionId=" + id,
                "image=" + sha256,
                "image=" + sha256 + "&actor=anonymous&action=PREDICTION&since=" + before + "&until="
                        + Instant.now().plusSeconds(60))) {
            JsonNode records = client.get(AUDIT + "?" + query).json().path("records");
            assertThat(records.size()).as(query).isEqualTo(1);
            assertThat(records.at("/0/details/predictionId").asString()).isEqualTo(id);
        }
        assertThat(client.get(AUDIT + "?image=" + sha256 + "&until=" + before)
                        .json()
                        .path("records"))
                .isEmpty();
        assertThat(client.get(AUDIT + "?predictionId=" + new UUID(0, 0)).json().path("records"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "predictionId=1, invalid-filter, predictionId",
        "image=ABC, invalid-filter, image",
        "actor=%20, invalid-filter, actor",
        "actor=%00, invalid-filter, actor",
        "action=NOTHING, invalid-filter, KEY_CREATED",
        "since=yesterday, invalid-filter, since",
        "until=2026-11-22, invalid-filter, until",
        "since=%2B999999999-01-01T00:00:00Z, invalid-filter, since",
        "imgae=1, unknown-parameter, imgae",
        "from=1&form=2, unknown-parameter, form",
        "%3Cscript%3E=1, unknown-parameter, predictionId",
        "from=0, invalid-page, from",
        "limit=1001, invalid-page, limit",
        "from=x, bad-request, from",
    })
    void aSearchThatIsMalformedIsRefusedWithTheNameOfTheParameter(String query, String code, String named) {
        Reply reply = client.get(AUDIT + "?" + query).isProblem(400, code);

        assertThat(reply.detail()).contains(named).doesNotContain("script");
    }

    private Reply replay(long sequence, byte[] image) {
        return client.form(AUDIT + "/" + sequence + "/replay", ServiceClient.image(image));
    }

    private long record(byte[] image, ObjectNode details) {
        Map<String, Object> values = JsonMapper.shared().convertValue(details, new TypeReference<>() {});
        trail.record(
                List.of(new Event(AuditAction.PREDICTION, Optional.of(DigestUtils.sha256Hex(image)), values)),
                Durability.DURABLE);
        return last().path("sequence").asLong();
    }

    private JsonNode last() {
        return page(client.send("POST", AUDIT + "/verify").json().path("last").asLong());
    }

    private JsonNode page(long sequence) {
        return client.get(AUDIT + "?limit=1&from=" + Math.max(1, sequence))
                .json()
                .path("records")
                .path(0);
    }
}
