package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RunningService
class OpenApiIT {

    private static final Path COMMITTED = Path.of("docs", "openapi.json");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @LocalServerPort
    private int port;

    private ServiceClient client;
    private JsonNode api;

    @BeforeEach
    void read() {
        client = new ServiceClient(port).whenReady();
        api = client.get("/v3/api-docs").json();
    }

    @Test
    void theDocumentSaysWhatTheServiceIs() {
        JsonNode info = api.path("info");
        assertThat(info.path("title").asString()).isEqualTo("Blastscope");
        assertThat(info.path("version").asString()).isNotEmpty();
        assertThat(info.path("description").asString()).contains("Research use only. Not a medical device");
        assertThat(info.path("license").path("name").asString()).isEqualTo("Apache-2.0");
    }

    @Test
    void predictionsComeFirstAndAdministrationLast() {
        List<String> tags = api.path("tags").values().stream()
                .map(tag -> tag.path("name").asString())
                .toList();
        assertThat(tags)
                .containsExactly(
                        "Predictions",
                        "Models",
                        "Images",
                        "Administration: data sets",
                        "Administration: trainings",
                        "Administration: models",
                        "Administration: keys",
                        "Administration: audit");
    }

    @Test
    void oneImageIsABinaryFieldOrTheBareBytes() {
        JsonNode content =
                operation(ServiceClient.PREDICTIONS).path("requestBody").path("content");
        JsonNode form = resolved(content.path("multipart/form-data").path("schema"));
        assertThat(form.path("properties").path("image").path("format").asString())
                .isEqualTo("binary");
        assertThat(form.path("required").toString()).contains("image");
        for (String type : List.of("image/jpeg", "image/png", "image/bmp", "image/tiff", "image/gif")) {
            assertThat(content.path(type).path("schema").path("format").asString())
                    .isEqualTo("binary");
        }
    }

    @Test
    void aBatchIsAnArrayOfBinaryFields() {
        JsonNode content = operation(ServiceClient.BATCH).path("requestBody").path("content");
        JsonNode images = resolved(content.path("multipart/form-data").path("schema"))
                .path("properties")
                .path("images");
        assertThat(images.path("type").asString()).isEqualTo("array");
        assertThat(images.path("items").path("format").asString()).isEqualTo("binary");
    }

    @ParameterizedTest
    @ValueSource(strings = {ServiceClient.PREDICTIONS, ServiceClient.BATCH})
    void everyStatusOfTheContractIsDocumentedWithAnExample(String path) {
        JsonNode responses = operation(path).path("responses");
        assertThat(responses.propertyNames())
                .contains("200", "400", "401", "406", "413", "415", "429", "500", "503")
                // An image of a batch that cannot be used, or is late, has the problem as its result.
                .satisfies(names -> assertThat(names.containsAll(List.of("422", "504")))
                        .isEqualTo(path.equals(ServiceClient.PREDICTIONS)));
        responses.properties().stream()
                .filter(response -> !response.getKey().equals("200"))
                .forEach(response -> {
                    JsonNode problem =
                            resolved(response.getValue()).path("content").path("application/problem+json");
                    assertThat(problem.path("schema").path("$ref").asString()).endsWith("/ProblemDetail");
                    JsonNode example =
                            problem.path("examples").values().iterator().next().path("value");
                    Reply.isProblem(
                            example,
                            Integer.parseInt(response.getKey()),
                            example.path("code").asString());
                });
    }

    @Test
    void theExampleOfARefusalIsWhatTheServiceAnswers() {
        JsonNode example = operation(ServiceClient.PREDICTIONS)
                .at("/responses/415/content/application~1problem+json/examples/not-an-image/value");
        Reply reply = client.post("image/jpeg", "text".getBytes(StandardCharsets.US_ASCII));
        assertThat(reply.detail()).isEqualTo(example.path("detail").asString());
        assertThat(reply.json().path("title")).isEqualTo(example.path("title"));
    }

    @Test
    void aPredictionHasExamplesAndWhatDoesNotApplyMayBeAbsent() {
        JsonNode prediction = api.at("/components/schemas/Prediction");
        assertThat(prediction.path("properties").propertyNames())
                .containsExactly(
                        "id",
                        "outcome",
                        "reasons",
                        "probabilitiesUsable",
                        "malignancy",
                        "subtype",
                        "set",
                        "coverage",
                        "familiarity",
                        "similar",
                        "model",
                        "image",
                        "views",
                        "notice",
                        "explanation");
        assertThat(prediction.path("required").values().stream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(
                        "id",
                        "outcome",
                        "probabilitiesUsable",
                        "malignancy",
                        "set",
                        "coverage",
                        "similar",
                        "model",
                        "image",
                        "views",
                        "notice");
        assertThat(prediction.at("/properties/outcome/example").asString()).isEqualTo("MALIGNANT");
        assertThat(api.at("/components/schemas/SubtypeProbabilities/properties/probabilities/example")
                        .size())
                .isEqualTo(3);
    }

    @Test
    void problemsAndCardsAreDescribedAsTheyAreSent() {
        assertThat(api.at("/components/schemas/ProblemDetail/properties").propertyNames())
                .contains("code")
                .doesNotContain("properties");
        assertThat(api.at("/components/schemas/ModelCard/properties").propertyNames())
                .contains("intendedUse", "evaluations", "backbone");
        assertThat(api.at("/components/schemas").propertyNames())
                .noneMatch(name -> name.contains("Json") || name.contains("Optional") || name.contains("Map"));
    }

    @Test
    void everyOperationHasANameASummaryAndDescribedResponses() {
        Set<String> names = new HashSet<>();
        operations().forEach((address, operation) -> {
            String name = operation.path("operationId").asString("");
            assertThat(name).as(address).matches("[a-z][A-Za-z]+").doesNotEndWith("_1");
            assertThat(names.add(name))
                    .as("%s is the name of one operation", name)
                    .isTrue();
            assertThat(operation.path("summary").asString("")).as(address).isNotBlank();
            operation.path("responses").properties().forEach(response -> assertThat(
                            response.getValue().path("description").asString(""))
                    .as(address + " " + response.getKey())
                    .isNotBlank());
            operation.path("parameters").forEach(parameter -> assertThat(
                            parameter.path("description").asString(""))
                    .as(address + " " + parameter.path("name"))
                    .isNotBlank());
        });
    }

    @Test
    void everySchemaAndEachOfItsFieldsHasADescription() {
        List<String> missing = new ArrayList<>();
        api.at("/components/schemas").properties().forEach(schema -> {
            if (schema.getValue().path("description").asString("").isBlank()
                    && !schema.getValue().has("enum")) {
                missing.add(schema.getKey());
            }
            schema.getValue().path("properties").properties().forEach(field -> {
                if (field.getValue().path("description").asString("").isBlank()) {
                    missing.add(schema.getKey() + "." + field.getKey());
                }
            });
        });

        assertThat(missing).isEmpty();
    }

    @Test
    void noSchemaIsThatOfATypeOfSpring() {
        assertThat(api.at("/components/schemas").propertyNames()).doesNotContain("SseEmitter", "ResponseEntity");
    }

    /** The keys are sorted. Renew it with {@code ./mvnw test -Dtest=OpenApiIT -Dblastscope.openapi.write=true}. */
    @Test
    void theDocumentInTheRepositoryIsThatOfTheService() throws IOException {
        ObjectNode document = (ObjectNode) api.deepCopy();
        document.remove("servers");
        String current =
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.convertValue(document, Object.class))
                        + "\n";
        if (Boolean.getBoolean("blastscope.openapi.write")) {
            Files.writeString(COMMITTED, current);
        }

        assertThat(Files.readString(COMMITTED)).isEqualToNormalizingNewlines(current);
    }

    private Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new LinkedHashMap<>();
        api.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> operations.put(method.getKey() + " " + path.getKey(), method.getValue())));
        return operations;
    }

    private JsonNode operation(String path) {
        return api.path("paths").path(path).path("post");
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? api.at(node.path("$ref").asString().substring(1)) : node;
    }
}
