package dev.blastscope.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastscope.Blastscope;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The service started with nothing configured. */
@ExtendWith(OutputCaptureExtension.class)
class FirstAdminKeyIT {

    private static final Pattern SECRET = Pattern.compile("bsk_[0-9a-f]{12}_[0-9a-f]{64}");

    private final Path home;

    FirstAdminKeyIT(@TempDir Path folder) {
        home = folder.resolve("home");
    }

    @Test
    void theFirstStartShowsAKeyThatStillWorksAfterTheNext(CapturedOutput log) {
        String secret;
        try (ConfigurableApplicationContext service = start()) {
            Matcher shown = SECRET.matcher(log);
            assertThat(shown.find()).isTrue();
            secret = shown.group();
            assertThat(log.toString()).containsOnlyOnce(secret).contains("It is shown this once", "X-API-Key");
            assertThat(http(service)
                            .key(secret)
                            .get("/api/v1/admin/keys")
                            .is(200)
                            .json())
                    .hasSize(1);
        }
        try (ConfigurableApplicationContext service = start()) {
            assertThat(log.toString()).containsOnlyOnce("It is shown this once");
            Http admin = http(service).key(secret);
            String id = secret.substring(4, 16);
            admin.send("DELETE", "/api/v1/admin/keys/" + id, "").isProblem(409, "last-admin-key");
        }
    }

    @Test
    void aWeakKeyInTheSettingsStopsTheStartAndIsNotShown(CapturedOutput log) {
        assertThatThrownBy(() ->
                        start("--blastscope.security.admin-key=hunter2-hunter2").close())
                .hasRootCauseInstanceOf(AdminAccess.WeakKey.class);

        assertThat(log).contains("must have 32 to 256", "openssl rand -hex 32").doesNotContain("hunter2");
    }

    private ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(Blastscope.class)
                .properties("server.port=0", "blastscope.home=" + home)
                .run(settings);
    }

    private static Http http(ConfigurableApplicationContext service) {
        return new Http(service.getEnvironment().getRequiredProperty("local.server.port", Integer.class), Map.of());
    }
}
