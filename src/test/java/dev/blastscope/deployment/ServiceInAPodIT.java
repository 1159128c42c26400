package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.Blastscope;
import dev.blastscope.Smears;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The service, started with the variables of the manifests, has the addresses and the metrics that they name. */
class ServiceInAPodIT {

    private static final Manifests MANIFESTS = Manifests.written();
    private static final Workload SERVERS = MANIFESTS.server();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final byte[] SMEAR = Smears.jpeg(Smears.preB(1));

    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start(@TempDir Path home) {
        Map<String, String> secrets = Map.of(
                "SPRING_DATASOURCE_URL", "jdbc:h2:mem:pod;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                "SPRING_DATASOURCE_USERNAME", "blastscope",
                "SPRING_DATASOURCE_PASSWORD", "secret",
                "BLASTSCOPE_SECURITY_ADMINKEY", "the-admin-key-of-the-manifests-tests-0123");
        assertThat(SERVERS.secrets()).containsOnlyKeys(secrets.keySet());

        Map<String, Object> variables = new HashMap<>(SERVERS.settings());
        variables.putAll(secrets);
        variables.put("BLASTSCOPE_HOME", home.toString());
        variables.put("SERVER_PORT", "0");
        variables.put("MANAGEMENT_SERVER_PORT", "0");
        service = application(variables).run();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void itIsStartedAliveAndReadyWhereTheProbesLook() {
        Container container = SERVERS.container();
        String readiness = container.getReadinessProbe().getHttpGet().getPath();
        await().atMost(Duration.ofMinutes(2)).until(() -> get(readiness).statusCode() != 503);
        assertThat(get(readiness).statusCode()).isEqualTo(200);
        assertThat(get(container.getLivenessProbe().getHttpGet().getPath()).statusCode())
                .isEqualTo(200);
        assertThat(get(container.getStartupProbe().getHttpGet().getPath()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void itTakesItsSettingsFromTheVariables() {
        assertThat(service.getEnvironment().getProperty("blastscope.device"))
                .isEqualTo(SERVERS.settings().get("BLASTSCOPE_DEVICE"));
        assertThat(send(request("/api/v1/admin/keys").header("X-API-Key", "the-admin-key-of-the-manifests-tests-0123"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theAutoscalersMetricIsMadeOfSeriesThatAreThereAfterAPrediction() {
        await().atMost(Duration.ofMinutes(2)).until(() -> predict().statusCode() == 200);
        String metrics = send(management(metricsPath())).body();
        AdapterRule rule = AdapterRule.read(MANIFESTS);

        assertThat(rule.series()).hasSize(2).allSatisfy(series -> assertThat(metrics.lines())
                .as(series)
                .anyMatch(line -> line.startsWith(series + "{stage=\"wait\"} ")));
    }

    @Test
    void metricsAreOnThePortThatClientsDoNotReach() {
        assertThat(get(metricsPath()).statusCode()).isEqualTo(404);
        assertThat(get("/actuator/health").statusCode()).isEqualTo(404);
        assertThat(send(management("/actuator/health")).body()).contains("\"model\"");
        assertThat(send(management("/actuator/info")).body()).contains("\"version\"");
        assertThat(send(management("/actuator/sbom")).statusCode()).isEqualTo(401);
        assertThat(send(management("/api/v1/models")).statusCode()).isEqualTo(404);
    }

    private static SpringApplication application(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        SpringApplication application = new SpringApplication(Blastscope.class);
        application.setEnvironment(environment);
        return application;
    }

    private static HttpResponse<String> predict() {
        return send(request("/api/v1/predictions")
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(SMEAR)));
    }

    private static HttpResponse<String> get(String path) {
        return send(request(path));
    }

    private static HttpRequest.Builder request(String path) {
        return request("local.server.port", path);
    }

    private static HttpRequest.Builder management(String path) {
        return request("local.management.port", path);
    }

    private static HttpRequest.Builder request(String port, String path) {
        return HttpRequest.newBuilder(
                URI.create("http://localhost:" + service.getEnvironment().getProperty(port) + path));
    }

    private static String metricsPath() {
        return MANIFESTS
                .one(PodMonitor.class)
                .getSpec()
                .getPodMetricsEndpoints()
                .get(0)
                .getPath();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
