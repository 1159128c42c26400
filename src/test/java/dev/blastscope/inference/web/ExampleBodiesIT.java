package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.web.ApiDocument;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API page fills in the body of a request; it must be accepted as it stands there. */
@RunningService
class ExampleBodiesIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    private int port;

    private ServiceClient client;
    private JsonNode api;

    @BeforeEach
    void read() {
        client = new ServiceClient(port).whenReady();
        api = ApiDocument.of(URI.create("http://localhost:" + port));
    }

    @Test
    void everyJsonBodyIsAcceptedAsTheApiPageFillsItIn() {
        List<String> tried = new ArrayList<>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    JsonNode content = operation.getValue().at("/requestBody/content/application~1json");
                    for (JsonNode body : content.isMissingNode() ? List.<JsonNode>of() : bodies(content)) {
                        String method = operation.getKey().toUpperCase(Locale.ROOT);
                        tried.add(method + " " + path.getKey());
                        Reply reply = client.sendJson(method, path.getKey(), body.toString());
                        // The data set or the model that an example names need not exist; its values must all be valid.
                        assertThat(reply.status())
                                .as("%s %s %s: %s", method, path.getKey(), body, reply.body())
                                .isIn(200, 201, 202, 404);
                    }
                }));

        assertThat(tried).contains("POST /api/v1/admin/keys", "POST /api/v1/admin/trainings");
    }

    private List<JsonNode> bodies(JsonNode content) {
        if (content.has("example")) {
            return List.of(content.path("example"));
        }
        List<JsonNode> examples = content.path("examples").values().stream()
                .map(example -> example.path("value"))
                .toList();
        return examples.isEmpty() ? List.of(filledIn(content.path("schema"))) : examples;
    }

    /** As Swagger UI does: examples, then defaults, then the first choice, then a value of the type. */
    private JsonNode filledIn(JsonNode referring) {
        JsonNode schema =
                referring.has("$ref") ? api.at(referring.path("$ref").asString().substring(1)) : referring;
        for (String given : List.of("example", "default")) {
            if (schema.has(given)) {
                return schema.path(given);
            }
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        return switch (schema.path("type").asString("object")) {
            case "string" -> JSON.valueToTree("string");
            case "integer", "number" -> JSON.valueToTree(0);
            case "boolean" -> JSON.valueToTree(true);
            case "array" -> JSON.createArrayNode().add(filledIn(schema.path("items")));
            default -> object(schema);
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.createObjectNode();
        schema.path("properties")
                .properties()
                .forEach(property -> object.set(property.getKey(), filledIn(property.getValue())));
        return object;
    }
}
