package dev.blastscope.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document of a running service. */
public final class ApiDocument {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<URI, JsonNode> READ = new ConcurrentHashMap<>();

    private ApiDocument() {}

    /** The document as the service of an address publishes it. */
    public static JsonNode of(URI service) {
        try {
            HttpResponse<String> response = HTTP.send(
                    HttpRequest.newBuilder(service.resolve("/v3/api-docs")).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("The service did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /**
     * Fails unless the document of the service that sent a response describes its status and, of a problem, its code.
     */
    public static void describes(HttpResponse<String> response) {
        URI address = response.uri();
        if (!address.getPath().startsWith("/api/")) {
            return;
        }
        URI service = address.resolve("/");
        boolean described = isDescribed(READ.computeIfAbsent(service, ApiDocument::of), response);
        if (!described) {
            // Another service may have had the port before.
            JsonNode current = of(service);
            READ.put(service, current);
            described = isDescribed(current, response);
        }
        assertThat(described)
                .as(
                        "The document describes no %s for %s %s: %s",
                        response.statusCode(), response.request().method(), address, response.body())
                .isTrue();
    }

    private static boolean isDescribed(JsonNode document, HttpResponse<String> response) {
        Optional<JsonNode> operation = operation(document, response.request());
        if (operation.isEmpty()) {
            return response.statusCode() == 404 || response.statusCode() == 405 || response.statusCode() == 401;
        }
        JsonNode described = operation.get().path("responses").path(String.valueOf(response.statusCode()));
        boolean isProblem = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("application/problem+json"))
                .isPresent();
        return isProblem
                ? described
                        .path("content")
                        .path("application/problem+json")
                        .path("examples")
                        .has(JSON.readTree(response.body()).path("code").asString())
                : !described.isMissingNode();
    }

    /** The operation of the path with the fewest placeholders that fits; empty if nothing is mapped there. */
    private static Optional<JsonNode> operation(JsonNode document, HttpRequest request) {
        return document.path("paths").properties().stream()
                .filter(path -> request.uri().getPath().matches(path.getKey().replaceAll("\\{[^}]*}", "[^/]+")))
                .min(Comparator.comparing(
                        path -> path.getKey().chars().filter(c -> c == '{').count()))
                .map(path -> path.getValue().path(request.method().toLowerCase(Locale.ROOT)))
                .filter(JsonNode::isObject);
    }
}
