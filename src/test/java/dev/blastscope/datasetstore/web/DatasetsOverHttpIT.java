package dev.blastscope.datasetstore.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Blastscope;
import dev.blastscope.datasetstore.Datasets;
import dev.blastscope.datasetstore.Zip;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        classes = {Blastscope.class, DatasetsOverHttpIT.ATraining.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "blastscope.home=" + DatasetsOverHttpIT.HOME,
            "blastscope.security.admin-key=" + DatasetsOverHttpIT.ADMIN_KEY,
            "blastscope.datasets.max-upload=1MB",
            "server.tomcat.max-swallow-size=1KB"
        })
class DatasetsOverHttpIT {

    static final String ADMIN_KEY = "the-admin-key-of-the-dataset-tests-0123";
    static final String HOME = "target/home-of-dataset-tests";

    private static final byte[] SMEARS = Zip.ofSmears("", 1).toBytes();

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @AfterEach
    void nothingIsLeftBeside() throws Exception {
        send("DELETE", "smears", BodyPublishers.noBody());
        try (var files = Files.list(Path.of(HOME, "datasets"))) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).allMatch("busy"::equals);
        }
    }

    @Test
    void anAdminUploadsLooksAndDeletes() throws Exception {
        HttpResponse<String> created = put("smears", BodyPublishers.ofByteArray(SMEARS));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).hasValue("/api/v1/admin/datasets/smears");
        JsonNode dataset = json(created).path("dataset");
        assertThat(dataset.path("name").asString()).isEqualTo("smears");
        assertThat(dataset.path("digest").asString()).startsWith("sha256:");
        assertThat(dataset.path("created").asString()).endsWith("Z");
        assertThat(dataset.path("bytes").asLong()).isPositive();
        assertThat(dataset.path("images").path("pro_b").asInt()).isEqualTo(1);
        assertThat(dataset.path("groups").path("pro_b").asInt()).isEqualTo(1);
        assertThat(json(created).path("refused").isArray()).isTrue();

        assertThat(json(get("/smears"))).isEqualTo(json(created));
        assertThat(json(get("")).values()).contains(dataset);
        assertThat(put("smears", BodyPublishers.ofByteArray(SMEARS)).statusCode())
                .isEqualTo(200);
        isProblem(put("smears", BodyPublishers.ofByteArray(Zip.ofSmears("", 2).toBytes())), 409, "dataset-taken");

        assertThat(send("DELETE", "smears", BodyPublishers.noBody()).statusCode())
                .isEqualTo(204);
        isProblem(get("/smears"), 404, "no-such-dataset");
        isProblem(send("DELETE", "smears", BodyPublishers.noBody()), 404, "no-such-dataset");
    }

    @Test
    void anUploadNeedNotAnnounceItsLength() throws Exception {
        HttpResponse<String> created =
                put("smears", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(SMEARS)));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Smears", "a.b", "a_b", "%C3%A9", ".."})
    void aNameOfAnotherFormIsRefused(String name) throws Exception {
        assertThat(put(name.replace("..", "%2E%2E"), BodyPublishers.ofByteArray(SMEARS))
                        .statusCode())
                .isIn(400, 404);
        isProblem(put("x".repeat(65), BodyPublishers.ofByteArray(SMEARS)), 400, "invalid-dataset-name");
    }

    @Test
    void entriesThatBreakARuleAreNamed() throws Exception {
        byte[] zip = new Zip().add("benign/1.jpg", "x").add("../\nevil", "x").toBytes();
        JsonNode problem = isProblem(put("smears", BodyPublishers.ofByteArray(zip)), 422, "unsafe-archive");
        assertThat(problem.path("refusalsInAll").asInt()).isEqualTo(1);
        assertThat(problem.path("refusals").path(0).path("entry").asInt()).isEqualTo(2);
        assertThat(problem.path("refusals").path(0).path("name").asString()).isEqualTo("../?evil");
        assertThat(problem.path("refusals").path(0).path("reason").asString()).isNotEmpty();
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws Exception {
        byte[] zip = new Zip().add("benign/1.jpg", "x").toBytes();
        JsonNode problem = isProblem(put("smears", BodyPublishers.ofByteArray(zip)), 422, "unusable-dataset");
        assertThat(problem.path("refusals").path(0).path("file").asString()).isEqualTo("benign/1.jpg");
    }

    @Test
    void anUploadThatIsTooLargeIsReadToItsEndSoThatItsSenderSeesTheAnswer() throws Exception {
        byte[] large = new byte[(1 << 20) + 500_000];
        new Random(1).nextBytes(large);
        isProblem(put("smears", BodyPublishers.ofByteArray(large)), 413, "dataset-too-large");
        isProblem(
                put("smears", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
                413,
                "dataset-too-large");
    }

    @Test
    void anUploadThatEndsEarlyIsRefused() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(head("Content-Length: " + SMEARS.length));
            socket.getOutputStream().write(SMEARS, 0, 1_000);
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .contains("bad-request");
        }
    }

    @Test
    void aClientThatAsksFirstIsRefusedBeforeItUploads() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(head("Content-Length: 9000000000", "Expect: 100-continue"));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413")
                    .contains("dataset-too-large");
        }
    }

    @Test
    void whatIsNoZipIsRefused() throws Exception {
        isProblem(put("smears", BodyPublishers.ofString("text")), 400, "not-a-zip");
        HttpResponse<String> form = http.send(
                request("/smears")
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .PUT(BodyPublishers.ofByteArray(SMEARS))
                        .build(),
                BodyHandlers.ofString());
        assertThat(json(form).path("detail").asString()).contains("application/zip");
        assertThat(form.statusCode()).isEqualTo(415);
    }

    @Test
    void aDataSetThatATrainingReadsStays() throws Exception {
        put("busy", BodyPublishers.ofByteArray(SMEARS));
        isProblem(send("DELETE", "busy", BodyPublishers.noBody()), 409, "dataset-in-use");
        assertThat(get("/busy").statusCode()).isEqualTo(200);
    }

    @Test
    void theOperationsAreDocumented() throws Exception {
        HttpResponse<String> api = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v3/api-docs"))
                        .build(),
                BodyHandlers.ofString());
        JsonNode put =
                json(api).path("paths").path("/api/v1/admin/datasets/{name}").path("put");
        assertThat(put.path("tags").path(0).asString()).isEqualTo("Administration: data sets");
        assertThat(put.at("/requestBody/content/application~1zip/schema/format").asString())
                .isEqualTo("binary");
        assertThat(put.path("responses").propertyNames())
                .contains("200", "201", "400", "409", "413", "415", "422", "507");
        assertThat(put.path("operationId").asString()).isEqualTo("uploadDataset");
        assertThat(put.at("/responses/422/content/application~1problem+json/examples")
                        .propertyNames())
                .containsExactlyInAnyOrder("unsafe-archive", "unusable-dataset");
    }

    private static byte[] head(String... headers) {
        List<String> lines = new ArrayList<>();
        lines.add("PUT /api/v1/admin/datasets/smears HTTP/1.1");
        lines.add("Host: x");
        lines.add("Content-Type: application/zip");
        lines.add("X-API-Key: " + ADMIN_KEY);
        lines.addAll(List.of(headers));
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private HttpResponse<String> put(String name, BodyPublisher body) throws Exception {
        return send("PUT", name, body);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String name, BodyPublisher body) throws Exception {
        HttpRequest request = request("/" + name)
                .header("Content-Type", "application/zip")
                .method(method, body)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + DatasetController.PATH + path))
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
        assertThat(problem.path("detail").asString()).isNotEmpty().doesNotContain("target", "Exception", "java");
        return problem;
    }

    /** Uses the data set "busy". */
    @TestConfiguration
    static class ATraining {

        @Bean
        Datasets.Reader training() {
            return "busy"::equals;
        }
    }
}
