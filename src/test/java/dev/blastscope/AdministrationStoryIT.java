package dev.blastscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.datasetstore.Zip;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A day of an admin with real smears: upload, train, watch, promote, predict, adapt, go back, and check the record. */
@EnabledIfEnvironmentVariable(
        named = "BLASTSCOPE_DATA",
        matches = ".+",
        disabledReason = "BLASTSCOPE_DATA names no folder of real smears")
@SpringBootTest(
        classes = Blastscope.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "blastscope.security.admin-key=" + AdministrationStoryIT.ADMIN_KEY,
            "blastscope.precision=fp32",
            "blastscope.jobs.poll=100ms",
            // So few images settle nothing at the usual strictness.
            "blastscope.promotion.images-per-class=1",
            "blastscope.promotion.margin=0.2",
            "blastscope.promotion.sensitivity-floor=0.8",
            "blastscope.promotion.calibration-margin=0.2"
        })
class AdministrationStoryIT {

    static final String ADMIN_KEY = "the-admin-key-of-the-story-0123456789";

    private static final String ADMIN = "/api/v1/admin";
    private static final List<String> CLASSES = List.of("benign", "early_pre_b", "pre_b", "pro_b");

    @TempDir
    private static Path home = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void home(DynamicPropertyRegistry properties) {
        properties.add("blastscope.home", home::toString);
    }

    @Test
    void anAdminsDay() throws Exception {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> http.send(request("/readyz").build(), BodyHandlers.discarding())
                                .statusCode()
                        == 200);
        JsonNode dataset = upload("taleqani", 9);
        assertThat(dataset.at("/dataset/images/benign").asInt()).isPositive();

        JsonNode trained = ended(start("{\"dataset\": \"taleqani\", \"autoPromote\": true}"));
        assertThat(trained.path("state").asString()).as(trained.toString()).isEqualTo("SUCCEEDED");
        assertThat(trained.at("/promotion/promoted").asBoolean())
                .as(trained.path("promotionText").asString())
                .isTrue();
        String version = trained.path("version").asString();

        Path smear = smears("pro_b").get(3);
        JsonNode prediction = predict("/api/v1/predictions", smear);
        assertThat(prediction.at("/model/version").asString()).isEqualTo(version);
        assertThat(prediction.path("outcome").asString()).isEqualTo("MALIGNANT");

        upload("site", 40);
        JsonNode adapted =
                ended(start("{\"dataset\": \"site\", \"mode\": \"ADAPTATION\", \"originalDataset\": \"taleqani\"}"));
        assertThat(adapted.path("state").asString()).as(adapted.toString()).isEqualTo("SUCCEEDED");
        String adaptedVersion = adapted.path("version").asString();
        assertThat(adapted.at("/report/evaluations").size())
                .as(adapted.toString())
                .isGreaterThanOrEqualTo(4);
        json("POST", ADMIN + "/models/" + adaptedVersion + "/activate?why=site&force=true", "");
        assertThat(predict("/api/v1/predictions", smear).at("/model/version").asString())
                .isEqualTo(adaptedVersion);

        json("POST", ADMIN + "/models/rollback", "");
        assertThat(predict("/api/v1/predictions", smear).at("/model/version").asString())
                .isEqualTo(version);

        JsonNode records = json("GET", ADMIN + "/audit?from=1&limit=100", "");
        assertThat(records.toString())
                .contains("DATASET_UPLOADED", "TRAINING_STARTED", "MODEL_ACTIVATED", "MODEL_ROLLED_BACK", "PREDICTION");
        assertThat(json("POST", ADMIN + "/audit/verify", "").toString()).contains("\"intact\":true");
    }

    /** Every so manieth smear of each class. */
    private JsonNode upload(String name, int step) throws Exception {
        Zip zip = new Zip();
        for (String label : CLASSES) {
            List<Path> files = smears(label);
            for (int i = 0; i < files.size(); i += step) {
                zip.add(label + "/" + files.get(i).getFileName(), Files.readAllBytes(files.get(i)));
            }
        }
        HttpRequest request = request(ADMIN + "/datasets/" + name)
                .header("Content-Type", "application/zip")
                .PUT(BodyPublishers.ofByteArray(zip.toBytes()))
                .build();
        return success(request);
    }

    private static List<Path> smears(String label) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getenv("BLASTSCOPE_DATA"), "all", label))) {
            return files.sorted().toList();
        }
    }

    private String start(String order) throws Exception {
        return json("POST", ADMIN + "/trainings", order).path("id").asString();
    }

    private JsonNode ended(String id) {
        return await().atMost(Duration.ofMinutes(5))
                .until(() -> json("GET", ADMIN + "/trainings/" + id, ""), job -> !List.of("QUEUED", "RUNNING")
                        .contains(job.path("state").asString()));
    }

    private JsonNode predict(String path, Path smear) throws Exception {
        return success(request(path)
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofFile(smear))
                .build());
    }

    private JsonNode json(String method, String path, String body) throws Exception {
        return success(request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    private JsonNode success(HttpRequest request) throws Exception {
        var response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JsonMapper.shared().readTree(response.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("X-API-Key", ADMIN_KEY);
    }
}
