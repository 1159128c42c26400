package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.blastscope.Blastscope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The image's health check tells a service that answers from one that does not. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The health check is a bash script")
class ReadyIT {

    @Test
    void isContentWithAServiceThatIsReady(@TempDir Path home) {
        SpringApplication application = new SpringApplication(Blastscope.class);
        try (ConfigurableApplicationContext service =
                application.run("--server.port=0", "--blastscope.home=" + home, "--blastscope.device=cpu")) {
            String port = service.getEnvironment().getRequiredProperty("local.server.port");

            await().atMost(Duration.ofMinutes(2)).until(() -> ready(port) == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVER_SERVLET_CONTEXTPATH", "SERVER_SERVLET_CONTEXT_PATH"})
    void asksUnderTheContextPath(String variable) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/blastscope/readyz", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            String port = Integer.toString(server.getAddress().getPort());
            assertThat(ready(port, Map.of(variable, "/blastscope"))).isZero();
            assertThat(ready(port)).isNotZero();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void isNotWhereNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertThat(ready(Integer.toString(port))).isNotZero();
    }

    private static int ready(String port) throws IOException, InterruptedException {
        return ready(port, Map.of());
    }

    private static int ready(String port, Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder("bash", "src/main/docker/ready");
        script.environment().putAll(variables);
        script.environment().put("SERVER_PORT", port);
        return script.start().waitFor();
    }
}
