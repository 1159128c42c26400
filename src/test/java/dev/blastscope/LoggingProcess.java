package dev.blastscope;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service in another JVM, which logs something for a request and an exception of several lines, and ends. */
final class LoggingProcess {

    static final String REQUEST = "the-request";
    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    static final String EXCEPTION = "what does not\nfit one line";

    private static final String KEY = "the-admin-key-of-the-logging-process-0123456789";

    private LoggingProcess() {}

    /** What it prints, line by line. */
    static List<String> lines(Path home, String... settings) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--blastscope.home=" + home, "--blastscope.security.admin-key=" + KEY));
        arguments.addAll(List.of(settings));
        Process process = Jvm.running(LoggingProcess.class, arguments.toArray())
                .redirectErrorStream(true)
                .start();
        return Stream.of(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n"))
                .toList();
    }

    public static void main(String[] args) throws Exception {
        // Closed whatever happens: a service that stayed would let its reader wait for ever.
        try (ConfigurableApplicationContext service = SpringApplication.run(Blastscope.class, args)) {
            String address = "http://localhost:" + service.getEnvironment().getProperty("local.server.port");
            HttpClient client = HttpClient.newHttpClient();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> client.send(
                                            HttpRequest.newBuilder(URI.create(address + "/readyz"))
                                                    .build(),
                                            BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
            client.send(
                    HttpRequest.newBuilder(URI.create(address + "/api/v1/admin/keys"))
                            .headers("X-API-Key", KEY, "X-Request-Id", REQUEST, "Content-Type", "application/json")
                            .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"name\": \"microscope\", \"role\": \"predict\"}"))
                            .build(),
                    BodyHandlers.discarding());
            LoggerFactory.getLogger(LoggingProcess.class)
                    .error("Something failed", new IllegalStateException(EXCEPTION));
        }
    }
}
