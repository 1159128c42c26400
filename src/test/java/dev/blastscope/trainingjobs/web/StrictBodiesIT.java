package dev.blastscope.trainingjobs.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Blastscope;
import dev.blastscope.datasetstore.Zip;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every operation that takes a JSON body: what it refuses, and that its examples are accepted as they stand. */
@SpringBootTest(
        classes = Blastscope.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "blastscope.security.admin-key=" + StrictBodiesIT.ADMIN_KEY,
            // Orders are only taken in.
            "blastscope.jobs.enabled=false"
        })
class StrictBodiesIT {

    static final String ADMIN_KEY = "the-admin-key-of-the-body-tests-0123456789";

    private static final String TRAININGS = "/api/v1/admin/trainings";
    private static final String KEYS = "/api/v1/admin/keys";

    @TempDir
    private static Path home = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void home(DynamicPropertyRegistry properties) {
        properties.add("blastscope.home", home::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'' | | The body must be one JSON object",
                "not json | | The body is not valid JSON: see line 1, column",
                "{'dataset': | | The body is not valid JSON: see line 1, column",
                "null | | The body must be one JSON object",
                "[] | | The body must be one JSON object",
                "'drawings' | | The body must be one JSON object",
                "{'dataset': 'd'} {} | | The body must be one JSON object",
                "{} | dataset | dataset is required and must be a text of 1 to 64 characters.",
                "{'dataset': null} | dataset | dataset is required and must be a text of 1 to 64 characters.",
                "{'dataset': ''} | dataset | dataset is required and must be a text of 1 to 64 characters.",
                "{'dataset': 5} | dataset | dataset is required and must be a text of 1 to 64 characters.",
                "{'dataset': true} | dataset | dataset is required and must be a text of 1 to 64 characters.",
                "{'dataset': ['d']} | dataset | dataset is required and must be a text of 1 to 64 characters.",
                "{'dataset': 'd', 'dataset': 'e'} | dataset | dataset is given more than once.",
                "{'dataset': 'd', 'sed': 1} | sed | sed is not a field of the body. Use: dataset, mode, autoPromote,",
                "{'dataset': 'd', '<b>': 1} | A field | A field is not a field of the body.",
                "{'dataset': 'd', 'mode': 'ADAPT'} | mode | mode must be one of TRAINING, ADAPTATION.",
                "{'dataset': 'd', 'mode': 'adaptation'} | mode | mode must be one of TRAINING, ADAPTATION.",
                "{'dataset': 'd', 'mode': 1} | mode | mode must be one of TRAINING, ADAPTATION.",
                "{'dataset': 'd', 'mode': ''} | mode | mode must be one of TRAINING, ADAPTATION.",
                "{'dataset': 'd', 'autoPromote': 'true'} | autoPromote | autoPromote must be true or false.",
                "{'dataset': 'd', 'autoPromote': 1} | autoPromote | autoPromote must be true or false.",
                "{'dataset': 'd', 'originalDataset': ''} | originalDataset | originalDataset must be a text of 1 to 64",
                "{'dataset': 'd', 'seed': 1e30} | seed | seed must be a whole number from -9007199254740991 to",
                "{'dataset': 'd', 'seed': 9007199254740992} | seed | seed must be a whole number from -9007199254740991",
                "{'dataset': 'd', 'freeze': 'ICE'} | freeze | freeze must be one of ",
                "{'dataset': 'd', 'epochs': 0} | epochs | epochs must be a whole number from 1 to 10000.",
                "{'dataset': 'd', 'epochs': 1.5} | epochs | epochs must be a whole number from 1 to 10000.",
                "{'dataset': 'd', 'epochs': 1.0} | epochs | epochs must be a whole number from 1 to 10000.",
                "{'dataset': 'd', 'epochs': '10'} | epochs | epochs must be a whole number from 1 to 10000.",
                "{'dataset': 'd', 'epochs': ''} | epochs | epochs must be a whole number from 1 to 10000.",
                "{'dataset': 'd', 'epochs': true} | epochs | epochs must be a whole number from 1 to 10000.",
                "{'dataset': 'd', 'epochs': [3]} | epochs | epochs must be a whole number from 1 to 10000.",
                "{'dataset': 'd', 'epochs': 2147483647} | epochs | epochs must be a whole number from 1 to 10000.",
                "{'dataset': 'd', 'epochs': 2147483648} | epochs | epochs must be a whole number from 1 to 10000.",
                "{'dataset': 'd', 'patience': -1} | patience | patience must be a whole number from 1 to 10000.",
                "{'dataset': 'd', 'batch': 1} | batch | batch must be a whole number from 2 to 4096.",
                "{'dataset': 'd', 'learningRate': 1e300} | learningRate | learningRate must be a number from 0.00000001 to 1.",
                "{'dataset': 'd', 'learningRate': 1e999} | learningRate | learningRate must be a number from 0.00000001 to 1.",
                "{'dataset': 'd', 'learningRate': 'Infinity'} | learningRate | learningRate must be a number from 0.00000001",
                "{'dataset': 'd', 'learningRate': 'NaN'} | learningRate | learningRate must be a number from 0.00000001 to 1.",
                "{'dataset': 'd', 'learningRate': NaN} | | ",
                "{'dataset': 'd', 'learningRate': '0.001'} | learningRate | learningRate must be a number from 0.00000001",
                "{'dataset': 'd', 'learningRate': 0} | learningRate | learningRate must be a number from 0.00000001 to 1.",
                "{'dataset': 'd', 'l2spStrength': -1} | l2spStrength | l2spStrength must be a number from 0 to 1000.",
                "{'dataset': 'd', 'fineTuning': 3} | fineTuning | fineTuning must be a JSON object.",
                "{'dataset': 'd', 'fineTuning': ''} | fineTuning | fineTuning must be a JSON object.",
                "{'dataset': 'd', 'fineTuning': []} | fineTuning | fineTuning must be a JSON object.",
                "{'dataset': 'd', 'fineTuning': {'epoks': 3}} | fineTuning.epoks | fineTuning.epoks is not a field of the"
                        + " body. Use: epochs, patience, batch, learningRate.",
                "{'dataset': 'd', 'fineTuning': {'epochs': 1001}} | fineTuning.epochs | fineTuning.epochs must be a whole"
                        + " number from 1 to 1000.",
                "{'dataset': 'd', 'fineTuning': {'epochs': 1.5}} | fineTuning.epochs | fineTuning.epochs must be a whole"
                        + " number from 1 to 1000.",
                "{'dataset': 'd', 'fineTuning': {'batch': 1024}} | fineTuning.batch | fineTuning.batch must be a whole"
                        + " number from 2 to 512.",
                "{'dataset': 'd', 'fineTuning': {'learningRate': 2}} | fineTuning.learningRate | fineTuning.learningRate must"
                        + " be a number from 0.00000001 to 1.",
                "{'dataset': 'd', 'batch': 1, 'epochs': 0} | batch epochs | batch must be a whole number from 2 to 4096."
                        + " epochs must be"
            })
    void aTrainingIsReadStrictly(String body, @Nullable String fields, @Nullable String detail) throws Exception {
        isRefused(TRAININGS, body, fields, detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'' | | The body must be one JSON object",
                "not json | | The body is not valid JSON",
                "[] | | The body must be one JSON object",
                "{'name': 'a', 'role': 'predict'} 1 | | The body must be one JSON object",
                "{'name': 'a', 'role': 'predict', 'admin': true} | admin | admin is not a field of the body. Use: name, role.",
                "{'name': 'a', 'name': 'b', 'role': 'predict'} | name | name is given more than once.",
                "{'name': 5, 'role': 'predict'} | name | name must be a text",
                "{'name': 'a', 'role': true} | role | role must be a text",
                "{'name': ['a'], 'role': 'predict'} | name | name must be a text"
            })
    void aKeyIsReadStrictly(String body, @Nullable String fields, @Nullable String detail) throws Exception {
        isRefused(KEYS, body, fields, detail);
    }

    @Test
    void everyExampleIsAcceptedAsItStands() throws Exception {
        for (String dataset : List.of("taleqani", "site")) {
            HttpRequest upload = request("/api/v1/admin/datasets/" + dataset)
                    .header("Content-Type", "application/zip")
                    .PUT(BodyPublishers.ofByteArray(Zip.ofSmears("", 2).toBytes()))
                    .build();
            assertThat(http.send(upload, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
        }
        JsonNode api = json(send("GET", "/v3/api-docs", ""));
        Map<String, List<String>> examples = examples(api);
        assertThat(examples).containsOnlyKeys(KEYS, TRAININGS);
        for (Map.Entry<String, List<String>> operation : examples.entrySet()) {
            assertThat(operation.getValue()).as(operation.getKey()).isNotEmpty();
            for (String example : operation.getValue()) {
                HttpResponse<String> response = send("POST", operation.getKey(), example);
                assertThat(response.statusCode())
                        .as("%s %s: %s", operation.getKey(), example, response.body())
                        .isIn(201, 202);
            }
        }
    }

    @Test
    void everyOperationThatTakesJsonSaysSo() throws Exception {
        JsonNode api = json(send("GET", "/v3/api-docs", ""));
        assertThat(examples(api)).containsOnlyKeys(KEYS, TRAININGS);
        for (String path : examples(api).keySet()) {
            assertThat(api.path("paths")
                            .path(path)
                            .at("/post/responses/400/content/application~1problem+json/examples")
                            .propertyNames())
                    .as(path)
                    .contains("invalid-body");
        }
    }

    /**
     * Of each operation with a JSON body, the bodies that Swagger UI offers: the examples, or what the fields' ones
     * make.
     */
    private static Map<String, List<String>> examples(JsonNode api) {
        Map<String, List<String>> examples = new TreeMap<>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    JsonNode json = operation.getValue().at("/requestBody/content/application~1json");
                    if (json.isObject()) {
                        examples.put(path.getKey(), examplesOf(json, api));
                    }
                }));
        return examples;
    }

    private static List<String> examplesOf(JsonNode json, JsonNode api) {
        if (json.path("examples").isObject()) {
            return json.path("examples").properties().stream()
                    .map(example -> example.getValue().path("value"))
                    .flatMap(value -> Stream.of(value.isString() ? value.asString() : value.toString()))
                    .toList();
        }
        String schema = json.at("/schema/$ref").asString().replaceFirst(".*/", "");
        JsonNode properties = api.at("/components/schemas/" + schema + "/properties");
        return List.of(JsonMapper.shared()
                .writeValueAsString(properties.properties().stream()
                        .collect(
                                TreeMap::new,
                                (body, field) -> body.put(
                                        field.getKey(), field.getValue().path("example")),
                                TreeMap::putAll)));
    }

    private void isRefused(String path, String body, @Nullable String fields, @Nullable String detail)
            throws Exception {
        String json = body.equals("''") ? "" : body.replace('\'', '"');
        HttpResponse<String> response = send("POST", path, json);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode problem = json(response);
        assertThat(problem.path("code").asString()).isEqualTo("invalid-body");
        if (detail != null) {
            assertThat(problem.path("detail").asString())
                    .startsWith(detail)
                    .doesNotContain("Exception", "java", "jackson", "<");
        }
        if (fields != null) {
            assertThat(problem.path("fields").values())
                    .extracting(JsonNode::asString)
                    .containsExactly(fields.equals("A field") ? new String[] {fields} : fields.split(" "));
        }
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("X-API-Key", ADMIN_KEY);
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
