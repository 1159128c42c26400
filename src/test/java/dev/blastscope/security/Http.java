package dev.blastscope.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.web.ApiDocument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP with the service under test, with the headers that it was given. */
record Http(String address, Map<String, String> headers) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    Http(int port, Map<String, String> headers) {
        this("http://localhost:" + port, headers);
    }

    /** What the service answered. */
    record Reply(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return String.join(", ", response.headers().allValues(name));
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String code() {
            return header("Content-Type").startsWith("application/problem+json")
                    ? json().path("code").asString()
                    : "";
        }

        Reply is(int status) {
            assertThat(status()).as(response.body()).isEqualTo(status);
            return this;
        }

        /** Fails unless this is a problem with this status and code that bears a request id. */
        Reply isProblem(int status, String code) {
            is(status);
            assertThat(code()).as(response.body()).isEqualTo(code);
            assertThat(header("X-Request-Id")).isNotEmpty();
            return this;
        }
    }

    /** The same caller with the key. */
    Http key(String key) {
        return new Http(address, Map.of("X-API-Key", key));
    }

    Http bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** The same caller with one more header. */
    Http with(String header, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(header, value);
        return new Http(address, all);
    }

    Reply get(String path) {
        return send("GET", path, "");
    }

    Reply post(String path, String json) {
        return send("POST", path, json);
    }

    Reply send(String method, String path, String json) {
        return send(path, HttpRequest.newBuilder(), method, "application/json", BodyPublishers.ofString(json));
    }

    Reply put(String path, byte[] zip) {
        return send(path, HttpRequest.newBuilder(), "PUT", "application/zip", BodyPublishers.ofByteArray(zip));
    }

    Reply predict(byte[] image) {
        return send(
                "/api/v1/predictions",
                HttpRequest.newBuilder(),
                "POST",
                "image/jpeg",
                BodyPublishers.ofByteArray(image));
    }

    private Reply send(
            String path, HttpRequest.Builder request, String method, String type, HttpRequest.BodyPublisher body) {
        request.uri(URI.create(address + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", type)
                .method(method, body);
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            ApiDocument.describes(response);
            return new Reply(response);
        } catch (IOException e) {
            throw new AssertionError("The service did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
