package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Smears;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every refusal is a problem with the status and code of the contract, and its detail shows the way out. */
@RunningService
class RefusalsIT {

    private static final byte[] SMEAR = Smears.jpeg(Smears.benign(2));

    @LocalServerPort
    private int port;

    private ServiceClient client;

    @BeforeEach
    void ready() {
        client = new ServiceClient(port).whenReady();
    }

    @ParameterizedTest
    @CsvSource({
        "100-empty.png, 400, empty",
        "101-text.jpg, 415, not-an-image",
        "104-pdf.tif, 415, not-an-image",
        "110-truncated.jpg, 422, truncated",
        "114-truncated.png, 422, truncated",
        "116-wrong-checksum.png, 422, damaged",
        "124-side-bomb.png, 413, side-too-long",
        "125-pixel-bomb.png, 413, too-many-pixels",
        "133-float.tif, 422, unsupported-pixels"
    })
    void anImageThatCannotBeUsed(String file, int status, String code) throws IOException {
        byte[] bytes = awkward(file);
        client.form(ServiceClient.PREDICTIONS, ServiceClient.image(bytes)).isProblem(status, code);
        client.post("image/png", bytes).isProblem(status, code);
    }

    @Test
    void tooManyBytes() {
        byte[] padded = Arrays.copyOf(SMEAR, (1 << 20) + 1);
        Reply bare = client.post("image/jpeg", padded).isProblem(413, "too-many-bytes");
        assertThat(bare.detail()).contains("1,048,577", "1,048,576");
        client.form(ServiceClient.PREDICTIONS, ServiceClient.image(padded)).isProblem(413, "too-many-bytes");
    }

    @Test
    void aFormThatIsTooLarge() {
        Reply reply = client.form(ServiceClient.PREDICTIONS, ServiceClient.image(new byte[5 << 20]));
        assertThat(reply.isProblem(413, "form-too-large").detail()).contains("4 MB", "70 parts");
    }

    @Test
    void formsThatAreNoUpload() {
        client.form(ServiceClient.PREDICTIONS).isProblem(400, "missing-part");
        client.form(ServiceClient.BATCH).isProblem(400, "missing-part");
        client.form(ServiceClient.PREDICTIONS, ServiceClient.image(SMEAR), ServiceClient.image(SMEAR))
                .isProblem(400, "too-many-parts");
        client.form(ServiceClient.PREDICTIONS, new ServiceClient.Part("picture", SMEAR))
                .isProblem(400, "unknown-part");
        client.form(
                        ServiceClient.BATCH,
                        PredictionContractIT.images(
                                Collections.nCopies(17, SMEAR).toArray(byte[][]::new)))
                .isProblem(413, "too-many-images");
    }

    @Test
    void formsThatAreBroken() {
        byte[] whole = ServiceClient.body(ServiceClient.image(SMEAR));
        client.form(ServiceClient.PREDICTIONS, Arrays.copyOf(whole, whole.length - 40))
                .isProblem(400, "malformed-multipart");
        client.post("multipart/form-data", whole).isProblem(400, "malformed-multipart");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "600001", "99999999999999999999", "1.5", "soon", ""})
    void aDeadlineThatIsNone(String deadline) {
        Reply reply = client.post("image/jpeg", SMEAR, "X-Deadline-Ms", deadline);
        assertThat(reply.isProblem(400, "invalid-deadline").detail()).contains("X-Deadline-Ms", "1 to 600000");
    }

    @Test
    void aDeadlineThatPasses() {
        client.post("image/jpeg", SMEAR, "X-Deadline-Ms", "1").isProblem(504, "deadline-exceeded");
    }

    @Test
    void moreImagesThanMayWait() {
        byte[][] images = Collections.nCopies(RunningService.QUEUE + 1, SMEAR).toArray(byte[][]::new);
        Reply reply = client.form(ServiceClient.BATCH, PredictionContractIT.images(images));
        reply.isProblem(429, "queue-full");
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
    }

    @Test
    void whatThereIsNot() {
        client.get("/nothing/here").isProblem(404, "not-found");
        client.get("/nothing/here", "Accept", "text/html").isProblem(404, "not-found");
        client.get("/api/v1/models/2020-01-01.1").isProblem(404, "no-such-model");
        client.get("/api/v1/models/anything").isProblem(404, "no-such-model");
    }

    @Test
    void aMethodThatDoesNotApply() {
        Reply reply = client.send("DELETE", ServiceClient.PREDICTIONS).isProblem(405, "method-not-allowed");
        assertThat(reply.header("Allow")).isEqualTo("POST");
        assertThat(reply.detail()).contains("DELETE", "POST");
    }

    @Test
    void anAnswerThatTheClientDoesNotAccept() {
        Reply reply = client.post("image/jpeg", SMEAR, "Accept", "text/html");
        assertThat(reply.isProblem(406, "not-acceptable").detail()).contains("application/json");
        client.post("image/jpeg", SMEAR, "Accept", "no type").isProblem(406, "not-acceptable");
    }

    @Test
    void aBodyOfAnotherType() {
        Reply reply = client.post("application/json", "{}".getBytes(StandardCharsets.US_ASCII));
        assertThat(reply.isProblem(415, "unsupported-media-type").detail()).contains("multipart/form-data", "image/*");
        client.post("no type", SMEAR).isProblem(415, "unsupported-media-type");
    }

    private static byte[] awkward(String file) throws IOException {
        try (InputStream in = RefusalsIT.class.getResourceAsStream("/images/awkward/" + file)) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }
}
