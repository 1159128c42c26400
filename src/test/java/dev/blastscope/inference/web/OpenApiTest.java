package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RunningService
class OpenApiTest {

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
        assertThat(tags).startsWith("Predictions", "Models", "Administration: audit");
        assertThat(tags.subList(2, tags.size())).allMatch(tag -> tag.startsWith("Administration: "));
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
                .containsExactlyInAnyOrder("200", "400", "413", "415", "422", "429", "503", "504");
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
        JsonNode example = api.at("/components/responses/NotAnImage/content/application~1problem+json/examples")
                .path("not-an-image")
                .path("value");
        Reply reply = client.post("image/jpeg", "text".getBytes(StandardCharsets.US_ASCII));
        assertThat(reply.detail()).isEqualTo(example.path("detail").asString());
        assertThat(reply.json().path("title")).isEqualTo(example.path("title"));
    }

    @Test
    void aPredictionHasExamplesAndItsSubtypeAloneMayBeAbsent() {
        JsonNode prediction = api.at("/components/schemas/Prediction");
        assertThat(prediction.path("properties").propertyNames())
                .containsExactly("id", "outcome", "malignancy", "subtype", "model", "image", "notice");
        assertThat(prediction.path("required").values().stream().map(JsonNode::asString))
                .containsExactlyInAnyOrder("id", "outcome", "malignancy", "model", "image", "notice");
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

    private JsonNode operation(String path) {
        return api.path("paths").path(path).path("post");
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? api.at(node.path("$ref").asString().substring(1)) : node;
    }
}
