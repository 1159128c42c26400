package dev.blastscope.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.modelstore.EmbeddedModel;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What becomes of a version that failed the promotion gate. */
class ForcedActivationIT {

    private static final String ADMIN = "/api/v1/admin/models/";

    private final Service service;

    ForcedActivationIT(@TempDir Path home) {
        service = Service.start(home).whenReady();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aVersionThatFailedTheGateIsActivatedOnlyWithForceAndAReasonAndBothGoOnRecord() throws Exception {
        String failed = service.publish();
        judged(
                failed,
                "{\"candidate\":\"%s\",\"promoted\":false,\"summary\":\"It failed specificity.\",\"checks\":[]}"
                        .formatted(failed));
        String activate = ADMIN + failed + "/activate";

        HttpResponse<String> refused = service.send("POST", activate + "?why=better");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("gate-failed", "It failed specificity. To activate it all the same");
        HttpResponse<String> unreasoned = service.send("POST", activate + "?force=true");
        assertThat(unreasoned.statusCode()).isEqualTo(400);
        assertThat(unreasoned.body()).contains("reason-required");
        assertThat(service.version()).isEqualTo(EmbeddedModel.VERSION);

        JsonNode forced = service.json("POST", activate + "?force=true&why=one+slide+only");
        assertThat(forced.path("why").asString()).isEqualTo("Forced: one slide only");
        assertThat(service.version()).isEqualTo(failed);
        assertThat(service.json("GET", "/api/v1/admin/audit?limit=1000").toString())
                .contains("Forced: one slide only");
    }

    private void judged(String version, String decision) {
        service.jdbc()
                .sql(
                        "insert into training (id, created_at, started_by, dataset, asked, state, cancelled, attempts,"
                                + " revision, version, promotion, activated)"
                                + " values (:id, :now, 'test', 'smears', '{}', 'SUCCEEDED', false, 1, 1, :version, :decision, false)")
                .param("id", version)
                .param("now", OffsetDateTime.now(ZoneOffset.UTC))
                .param("version", version)
                .param("decision", decision)
                .update();
    }
}
