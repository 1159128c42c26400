package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus with the configuration of {@code monitoring/}, but for the target and how often it looks. */
final class Prometheus implements AutoCloseable {

    /** The environment variable that names the folder of {@code prometheus} and {@code promtool}. */
    static final String PROGRAMS = "BLASTSCOPE_PROMETHEUS";

    static final String ABSENT = "needs Prometheus: set BLASTSCOPE_PROMETHEUS to the folder of its programs";
    static final Path CONFIGURATION = Path.of("monitoring", "prometheus");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;

    private Prometheus(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static String program(String name) {
        return Path.of(System.getenv(PROGRAMS), name).toString();
    }

    /** Starts one in a folder of its own, to watch a service on this port. */
    static Prometheus watching(int service, Path folder) throws IOException {
        String configuration = Files.readString(CONFIGURATION.resolve("prometheus.yml"));
        assertThat(configuration).contains("[blastscope:8080]", "15s");
        Files.writeString(
                folder.resolve("prometheus.yml"),
                configuration.replace("blastscope:8080", "127.0.0.1:" + service).replace("15s", "1s"));
        Files.copy(CONFIGURATION.resolve("alerts.yml"), folder.resolve("alerts.yml"));
        int port = freePort();
        Process process = new ProcessBuilder(
                        program("prometheus"),
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return new Prometheus(process, port);
    }

    /** Waits until the service was read successfully this often. */
    void awaitReadings(int readings) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(query("sum(sum_over_time(up{job=\"blastscope\"}[5m]))")
                                .path(0)
                                .path("value")
                                .path(1)
                                .asInt())
                        .as("readings; the target: %s", api("targets"))
                        .isGreaterThanOrEqualTo(readings));
    }

    /** What an expression gives now: a sample for each series. */
    List<JsonNode> series(String expression) {
        return query(expression).valueStream().toList();
    }

    JsonNode api(String path) {
        URI address = URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
        try {
            HttpResponse<String> response =
                    HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return JsonMapper.shared().readTree(response.body()).path("data");
        } catch (IOException e) {
            throw new AssertionError("Prometheus did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private JsonNode query(String expression) {
        return api("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
