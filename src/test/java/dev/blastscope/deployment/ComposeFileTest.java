package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.deployment.ComposeFile.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.convert.DurationStyle;

/** The Compose file runs this program, and lets nobody in but this machine. */
class ComposeFileTest {

    private static final ComposeFile COMPOSE = ComposeFile.read();
    private static final Dockerfile DOCKERFILE = Dockerfile.read();
    private static final Collection<Service> SERVICES = COMPOSE.services().values();

    @ParameterizedTest
    @ValueSource(strings = {"blastscope", "blastscope-gpu"})
    void theServiceIsTheImageOfThisVersion(String name) {
        Service service = COMPOSE.service(name);
        String target = String.valueOf(service.section("build").get("target"));

        assertThat(DOCKERFILE.stages()).containsKey(target);
        assertThat(service.text("image"))
                .isEqualTo("blastscope:" + Application.pom("version") + (target.equals("gpu") ? "-gpu" : ""));
        assertThat(service.mounts()).containsEntry(DOCKERFILE.environment().get("BLASTSCOPE_HOME"), "blastscope");
        assertThat(service.list("ports")).containsExactly("127.0.0.1:8080:" + DOCKERFILE.one("EXPOSE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"blastscope", "blastscope-gpu"})
    void everyVariableIsASetting(String name) {
        assertThat(COMPOSE.service(name).section("environment").keySet())
                .isNotEmpty()
                .allMatch(SettingNames::isKnown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blastscope", "blastscope-gpu"})
    void requestsInFlightAreAnsweredBeforeTheServiceIsKilled(String name) {
        Duration patience = DurationStyle.detectAndParse(COMPOSE.service(name).text("stop_grace_period"));
        Duration needed =
                DurationStyle.detectAndParse(Application.property("spring.lifecycle.timeout-per-shutdown-phase")
                        .orElseThrow());

        assertThat(patience).isGreaterThan(needed);
    }

    @Test
    void theServiceFindsItsDatabase() {
        Map<String, Object> settings = COMPOSE.service("blastscope").section("environment");
        Map<String, Object> database = COMPOSE.service("postgres").section("environment");

        assertThat(settings)
                .containsEntry(
                        "SPRING_DATASOURCE_URL", "jdbc:postgresql://postgres:5432/" + database.get("POSTGRES_DB"))
                .containsEntry("SPRING_DATASOURCE_USERNAME", database.get("POSTGRES_USER"))
                .containsEntry("SPRING_DATASOURCE_PASSWORD", database.get("POSTGRES_PASSWORD"));
    }

    @Test
    void whatOthersWaitForHasAHealthCheck() {
        assertThat(SERVICES)
                .allSatisfy(service -> assertThat(service.section("depends_on").keySet())
                        .allSatisfy(other -> assertThat(COMPOSE.service(other).section("healthcheck"))
                                .containsKey("test")));
        assertThat(DOCKERFILE.one("HEALTHCHECK")).endsWith("CMD [\"/opt/blastscope/ready\"]");
    }

    @Test
    void whatIsMountedIsInTheRepositoryOrIsAVolume() {
        assertThat(SERVICES).allSatisfy(service -> assertThat(service.mounts().values())
                .allMatch(source -> source.startsWith("./") ? Files.isDirectory(Path.of(source)) : isVolume(source)));
    }

    @Test
    void nothingIsPublishedBeyondThisMachine() {
        assertThat(SERVICES).allSatisfy(service -> assertThat(service.list("ports"))
                .allMatch(port -> port.startsWith("127.0.0.1:")));
    }

    @Test
    void nobodyMayMoreThanHeMust() {
        assertThat(SERVICES).allSatisfy(service -> {
            assertThat(service.content()).containsEntry("read_only", true).containsKey("mem_limit");
            assertThat(service.list("cap_drop")).isEqualTo(List.of("ALL"));
            assertThat(service.list("security_opt")).contains("no-new-privileges:true");
        });
    }

    @Test
    void everyImageIsOfOneVersion() {
        assertThat(SERVICES)
                .extracting(service -> service.text("image"))
                .allMatch(image -> image.matches(".+:v?[0-9]+[.][0-9].*"));
    }

    private static boolean isVolume(String source) {
        return COMPOSE.volumes().contains(source);
    }
}
