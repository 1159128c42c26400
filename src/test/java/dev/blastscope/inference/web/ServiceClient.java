package dev.blastscope.inference.web;

import static org.awaitility.Awaitility.await;

import dev.blastscope.web.ApiDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Speaks HTTP with the service under test, as any client would. */
public final class ServiceClient {

    static final String PREDICTIONS = "/api/v1/predictions";
    static final String BATCH = PREDICTIONS + "/batch";

    private static final String BOUNDARY = "a-boundary";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    public ServiceClient(int port) {
        address = "http://localhost:" + port;
    }

    /** A file in a form. */
    static final class Part {

        private final String name;
        private final byte[] content;

        Part(String name, byte[] content) {
            this.name = name;
            this.content = content;
        }
    }

    static Part image(byte[] content) {
        return new Part("image", content);
    }

    /** Waits until the model is loaded. */
    ServiceClient whenReady() {
        await().atMost(Duration.ofMinutes(2)).until(() -> get("/readyz").status() == 200);
        return this;
    }

    public Reply get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    Reply send(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    Reply sendJson(String method, String path, String json) {
        return send(
                request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json)));
    }

    Reply post(String contentType, byte[] body, String... headers) {
        return send(request(PREDICTIONS, headers)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    Reply form(String path, Part... parts) {
        return form(path, body(parts));
    }

    Reply form(String path, byte[] body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    static byte[] body(Part... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Part part : parts) {
            body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + part.name
                            + "\"; filename=\"name-of-a-patient.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(part.content);
            body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
        if (path.startsWith("/api/v1/admin")) {
            request.header("X-API-Key", RunningService.ADMIN_KEY);
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            ApiDocument.describes(response);
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new AssertionError("The service did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
