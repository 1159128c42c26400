package dev.blastscope.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.Smears;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A database that does not say any more which version is active. */
@ExtendWith(OutputCaptureExtension.class)
class OutageIT {

    private static final String BEGINS = "Cannot read the active model from the database";
    private static final Pattern AGREED = Pattern.compile("(?m)^blastscope_releases_since_agreement_seconds (\\S+)");

    @Test
    void thePresentModelGoesOnAnsweringAndTheOutageIsToldWhenItBeginsAndWhenItIsOver(
            @TempDir Path home, CapturedOutput log) throws Exception {
        try (Service service = Service.start(home).whenReady()) {
            String version = service.publish();
            service.releases().activate(version, "");

            service.jdbc().sql("alter table model_activation rename to away").update();
            await().atMost(Duration.ofMinutes(1)).until(() -> secondsSinceAgreement(service) > 0.5);
            assertThat(service.diagnose(Smears.jpeg(Smears.benign(1))).model().version())
                    .isEqualTo(version);
            service.jdbc().sql("alter table away rename to model_activation").update();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> log.getAll().contains("Can read the active model from the database again"));
            assertThat(service.version()).isEqualTo(version);
            assertThat(log.getAll()).containsOnlyOnce(BEGINS);
        }
    }

    @Test
    void callersAreToldOfADatabaseThatDoesNotAnswer(@TempDir Path folder) throws Exception {
        Server database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                .start();
        try (Service service = Service.start(
                        folder.resolve("home"),
                        "--spring.datasource.url=jdbc:h2:" + database.getURL()
                                + "/outage;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;" + "DEFAULT_NULL_ORDERING=HIGH")
                .whenReady()) {
            assertThat(service.send("GET", "/api/v1/admin/trainings").statusCode())
                    .isEqualTo(200);

            database.stop();
            HttpResponse<String> byAdmin = service.send("GET", "/api/v1/admin/trainings");
            assertThat(byAdmin.statusCode()).as(byAdmin.body()).isEqualTo(503);
            assertThat(byAdmin.body()).contains("database-unavailable").doesNotContain("jdbc");
            assertThat(byAdmin.headers().firstValue("Retry-After")).hasValue("5");
            HttpResponse<String> byKey =
                    service.send("GET", "/api/v1/models", "bsk_" + "a".repeat(12) + "_" + "b".repeat(64));
            assertThat(byKey.statusCode()).as(byKey.body()).isEqualTo(503);
            assertThat(service.send("GET", "/livez").statusCode()).isEqualTo(200);
        } finally {
            database.stop();
        }
    }

    private static double secondsSinceAgreement(Service service) {
        Matcher agreed =
                AGREED.matcher(service.send("GET", "/actuator/prometheus").body());
        return agreed.find() ? Double.parseDouble(agreed.group(1)) : 0;
    }
}
