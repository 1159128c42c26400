package dev.blastscope.trainingjobs.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.Blastscope;
import dev.blastscope.datasetstore.Zip;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        classes = Blastscope.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "blastscope.security.admin-key=" + TrainingsOverHttpIT.ADMIN_KEY,
            "blastscope.precision=fp32",
            "blastscope.jobs.poll=100ms",
            "blastscope.training.epochs=2",
            "blastscope.promotion.images-per-class=1",
            "blastscope.promotion.sensitivity-floor=0",
            "blastscope.promotion.margin=1",
            "blastscope.promotion.calibration-margin=1"
        })
class TrainingsOverHttpIT {

    static final String ADMIN_KEY = "the-admin-key-of-the-training-tests-0123";

    private static final String PATH = TrainingController.PATH;
    private static final Pattern REFERENCE = Pattern.compile("#/components/schemas/(\\w+)");
    private static final Duration LONG = Duration.ofMinutes(2);

    /** A new one for each run, so that no run finds another's trainings. */
    private static final Path HOME =
            Path.of("target", "homes-of-training-tests", UUID.randomUUID().toString());

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void home(DynamicPropertyRegistry properties) {
        properties.add("blastscope.home", HOME::toString);
    }

    @BeforeEach
    void dataSets() throws Exception {
        upload("drawings", 6);
    }

    @Test
    void aTrainingIsFollowedToItsReport() throws Exception {
        HttpResponse<String> accepted = post("{\"dataset\": \"drawings\", \"seed\": 11}");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        JsonNode queued = json(accepted);
        String id = queued.path("id").asString();
        assertThat(accepted.headers().firstValue("Location")).hasValue(PATH + "/" + id);
        assertThat(queued.path("settings").path("seed").asLong()).isEqualTo(11);
        assertThat(queued.path("settings").path("epochs").asInt()).isEqualTo(2);
        assertThat(queued.path("startedBy").asString()).isEqualTo("admin-key-setting");

        List<String> events = events(id, "");
        assertThat(events).anyMatch(line -> line.startsWith("event:progress"));
        assertThat(events).anyMatch(line -> line.contains("\"state\":\"SUCCEEDED\""));
        assertThat(events.get(events.size() - 1)).startsWith("data:").contains("\"promotion\"");

        JsonNode done = get(PATH + "/" + id);
        assertThat(done.path("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(done.path("attempts").asInt()).isEqualTo(1);
        assertThat(done.at("/progress/stageNumber").asInt())
                .isEqualTo(done.at("/progress/stageCount").asInt())
                .isEqualTo(6);
        assertThat(done.at("/report/evaluations/0/split").asString()).isEqualTo("grouped");
        assertThat(done.path("version").asString()).isNotEmpty();
        assertThat(done.path("promotionText").asString()).contains("may");
        assertThat(done.path("activated").asBoolean()).isFalse();
        assertThat(get(PATH + "?size=100").path("trainings").values())
                .anyMatch(one -> one.path("id").asString().equals(id));
        assertThat(get("/api/v1/models/" + done.path("version").asString()).path("version"))
                .isEqualTo(done.path("version"));

        isProblem(send("DELETE", PATH + "/" + id, ""), 409, "training-ended");
        String last = lastId(events);
        assertThat(follow(id, last).statusCode()).isEqualTo(204);
        assertThat(events(id, "0.0")).anyMatch(line -> line.startsWith("event:report"));
        String beforeTheReport = last.replaceAll("\\.2$", ".1");
        assertThat(events(id, beforeTheReport).stream().filter(line -> line.startsWith("event:")))
                .containsExactly("event:report");
    }

    @Test
    void whatTheGateLetsPassBecomesActiveWhereItIsAskedFor() throws Exception {
        String id = start("{\"dataset\": \"drawings\", \"seed\": 12, \"autoPromote\": true}");

        JsonNode done = ended(id);
        assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("SUCCEEDED");
        assertThat(done.at("/promotion/promoted").asBoolean())
                .as(done.toString())
                .isTrue();
        assertThat(done.path("activated").asBoolean()).isTrue();
    }

    @Test
    void trainingsWaitForEachOtherAndTheSameOneIsRefused() throws Exception {
        String slow = start("{\"dataset\": \"drawings\", \"seed\": 13, \"epochs\": 10000, \"patience\": 10000}");
        String waiting = start("{\"dataset\": \"drawings\", \"seed\": 14}");
        JsonNode problem = isProblem(post("{\"dataset\": \"drawings\", \"seed\": 14}"), 409, "training-exists");
        assertThat(problem.path("training").asString()).isEqualTo(waiting);
        isProblem(send("DELETE", "/api/v1/admin/datasets/drawings", ""), 409, "dataset-in-use");

        await().atMost(LONG)
                .until(() ->
                        get(PATH + "/" + slow).at("/progress/stage").asString().equals("heads"));
        assertThat(get(PATH + "/" + waiting).path("state").asString()).isEqualTo("QUEUED");

        assertThat(send("DELETE", PATH + "/" + slow, "").statusCode()).isEqualTo(202);
        JsonNode cancelled = ended(slow);
        assertThat(cancelled.path("state").asString()).isEqualTo("CANCELLED");
        assertThat(cancelled.path("reason").asString()).isNotEmpty();
        assertThat(cancelled.at("/progress/trainingLoss").isNumber()).isTrue();

        assertThat(ended(waiting).path("state").asString()).isEqualTo("SUCCEEDED");
    }

    @Test
    void oneThatWaitsIsCancelledAtOnce() throws Exception {
        String slow = start("{\"dataset\": \"drawings\", \"seed\": 15, \"epochs\": 10000, \"patience\": 10000}");
        String waiting = start("{\"dataset\": \"drawings\", \"seed\": 16}");

        JsonNode cancelled = json(send("DELETE", PATH + "/" + waiting, ""));
        assertThat(cancelled.path("state").asString()).isEqualTo("CANCELLED");
        send("DELETE", PATH + "/" + slow, "");
        assertThat(ended(slow).path("state").asString()).isEqualTo("CANCELLED");
        assertThat(get(PATH + "/" + waiting).path("attempts").asInt()).isZero();
    }

    @Test
    void aDataSetThatCannotBeTrainedOnFailsWithItsReason() throws Exception {
        upload("too-small", 1);
        JsonNode failed = ended(start("{\"dataset\": \"too-small\"}"));
        assertThat(failed.path("state").asString()).isEqualTo("FAILED");
        assertThat(failed.path("reason").asString())
                .startsWith("The data set cannot be trained on")
                .doesNotContain("Exception");
        await().atMost(LONG).until(() -> send("GET", "/actuator/prometheus", "")
                .body()
                .contains("blastscope_trainings_total{end=\"failed\"} 1.0"));
    }

    @Test
    void anAdaptationReportsAfterAndBefore() throws Exception {
        String id = start("{\"dataset\": \"drawings\", \"mode\": \"ADAPTATION\", \"originalDataset\": \"drawings\"}");

        JsonNode done = ended(id);
        assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("SUCCEEDED");
        assertThat(done.at("/report/evaluations").values())
                .extracting(figures -> figures.path("part").asString())
                .containsExactly(
                        "local out-of-fold, adapted", "local, before", "original, adapted", "original, before");
        assertThat(done.at("/report/data/parts/judged").asInt()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'dataset': 'drawings', 'mode': 'ADAPTATION', 'autoPromote': true} | 400 | invalid-training | autoPromote",
                "{'dataset': 'drawings', 'originalDataset': 'drawings'} | 400 | invalid-training | originalDataset",
                "{'dataset': 'drawings', 'l2spStrength': 0.1} | 400 | invalid-training | l2spStrength",
                "{'dataset': 'missing'} | 404 | no-such-dataset |",
                "{'dataset': 'drawings', 'mode': 'ADAPTATION', 'originalDataset': 'missing'} | 404 | no-such-dataset |"
            })
    void whatCannotBeTrainedIsRefused(String body, int status, String code, @Nullable String field) throws Exception {
        JsonNode problem = isProblem(post(body.replace('\'', '"')), status, code);
        if (field != null) {
            assertThat(problem.path("field").asString()).isEqualTo(field);
            assertThat(problem.path("detail").asString()).startsWith(field + " is ");
        }
    }

    @Test
    void tooManyImagesAreNoAdaptation() throws Exception {
        upload("many", 26);
        isProblem(post("{\"dataset\": \"many\", \"mode\": \"ADAPTATION\"}"), 422, "adaptation-too-large");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        for (String id : List.of("01a205de-2b88-76d4-ac44-83ec7f6387d1", "none")) {
            isProblem(send("GET", PATH + "/" + id, ""), 404, "no-such-training");
            isProblem(send("DELETE", PATH + "/" + id, ""), 404, "no-such-training");
        }
        isProblem(send("GET", PATH + "?size=0", ""), 400, "invalid-page");
    }

    @Test
    void theOperationsAreDocumented() throws Exception {
        JsonNode api = get("/v3/api-docs");
        JsonNode paths = api.path("paths");
        JsonNode start = paths.path(PATH).path("post");
        assertThat(start.path("tags").path(0).asString()).isEqualTo("Administration: trainings");
        assertThat(start.path("responses").propertyNames()).contains("202", "400", "404", "409", "422");
        assertThat(start.at("/responses/400/content/application~1problem+json/examples")
                        .propertyNames())
                .contains("invalid-body", "invalid-training");
        assertThat(List.of(
                        start,
                        paths.path(PATH).path("get"),
                        paths.path(PATH + "/{id}").path("get"),
                        paths.path(PATH + "/{id}/events").path("get"),
                        paths.path(PATH + "/{id}").path("delete")))
                .extracting(operation -> operation.path("operationId").asString())
                .containsExactly("startTraining", "listTrainings", "getTraining", "followTraining", "cancelTraining");

        JsonNode events = paths.path(PATH + "/{id}/events").path("get").at("/responses/200/content");
        assertThat(events.propertyNames()).containsExactly("text/event-stream");
        assertThat(events.at("/text~1event-stream/schema/type").asString()).isEqualTo("string");
        assertThat(api.at("/components/schemas").propertyNames()).doesNotContain("SseEmitter");
    }

    @Test
    void everyFieldOfATrainingIsDescribed() throws Exception {
        JsonNode schemas = get("/v3/api-docs").at("/components/schemas");
        Set<String> undescribed = new TreeSet<>();
        for (String root : List.of("Training", "TrainingPage", "TrainingRequest")) {
            collectUndescribed(schemas, root, new HashSet<>(), undescribed);
        }
        assertThat(undescribed).isEmpty();
    }

    /** Fields without a description, of a schema and those that it refers to. */
    private static void collectUndescribed(JsonNode schemas, String name, Set<String> seen, Set<String> undescribed) {
        if (!seen.add(name)) {
            return;
        }
        schemas.path(name).path("properties").properties().forEach(property -> {
            if (property.getValue().path("description").asString("").isEmpty()) {
                undescribed.add(name + "." + property.getKey());
            }
        });
        Matcher reference = REFERENCE.matcher(schemas.path(name).toString());
        while (reference.find()) {
            collectUndescribed(schemas, reference.group(1), seen, undescribed);
        }
    }

    private String start(String body) throws Exception {
        HttpResponse<String> accepted = post(body);
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return json(accepted).path("id").asString();
    }

    private JsonNode ended(String id) {
        return await().atMost(LONG).until(() -> get(PATH + "/" + id), job -> !List.of("QUEUED", "RUNNING")
                .contains(job.path("state").asString()));
    }

    private List<String> events(String id, String last) throws Exception {
        HttpResponse<InputStream> stream = follow(id, last);
        assertThat(stream.statusCode()).isEqualTo(200);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.isEmpty()).toList();
        }
    }

    private HttpResponse<InputStream> follow(String id, String last) throws Exception {
        HttpRequest.Builder request = request(PATH + "/" + id + "/events");
        if (!last.isEmpty()) {
            request.header("Last-Event-ID", last);
        }
        return http.send(request.build(), BodyHandlers.ofInputStream());
    }

    private static String lastId(List<String> events) {
        return events.stream()
                .filter(line -> line.startsWith("id:"))
                .reduce((first, second) -> second)
                .orElseThrow()
                .substring(3);
    }

    private void upload(String name, int imagesPerClass) throws Exception {
        HttpRequest request = request("/api/v1/admin/datasets/" + name)
                .header("Content-Type", "application/zip")
                .PUT(BodyPublishers.ofByteArray(Zip.ofSmears("", imagesPerClass).toBytes()))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isIn(200, 201);
    }

    private HttpResponse<String> post(String body) throws Exception {
        return send("POST", PATH, body);
    }

    private JsonNode get(String path) throws Exception {
        return json(send("GET", path, ""));
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("X-API-Key", ADMIN_KEY);
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static JsonNode isProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("detail").asString()).isNotEmpty().doesNotContain("Exception", "java");
        return problem;
    }
}
