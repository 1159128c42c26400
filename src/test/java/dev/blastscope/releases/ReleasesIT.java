package dev.blastscope.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.Smears;
import dev.blastscope.audit.AuditAction;
import dev.blastscope.inference.ServingModel;
import dev.blastscope.modelstore.ActivePointer;
import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.EmbeddedModel;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One service, its embedded database, and several versions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleasesIT {

    private static final String ADMIN = "/api/v1/admin/models/";

    private final Service service;
    private final String first;
    private final String second;

    ReleasesIT(@TempDir Path home) {
        service = Service.start(home, "--blastscope.releases.keep=2").whenReady();
        first = service.publish();
        second = service.publish();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void anActivatedVersionAnswersAndTheOneBeforeIsClosed() throws Exception {
        service.releases().activate(first, "for the test");
        ServingModel before = service.serving().orElseThrow();

        JsonNode answer = service.json("POST", ADMIN + second + "/activate?why=better");

        assertThat(service.version()).isEqualTo(second);
        assertThat(answer.path("version").asString()).isEqualTo(second);
        assertThat(answer.path("why").asString()).isEqualTo("better");
        assertThat(answer.path("digest").asString())
                .isEqualTo(service.serving().orElseThrow().versionDigest());
        assertThat(service.diagnose(Smears.jpeg(Smears.benign(1))).model().version())
                .isEqualTo(second);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> before.predict(List.of()))
                .withMessageContaining("is closed");
        assertThat(service.store().pointer())
                .contains(new ActivePointer(
                        second, OptionalLong.of(answer.path("activation").asLong())));
    }

    @Test
    void aModelsReportNamesTheImagesThatWereWrong() throws Exception {
        JsonNode report = service.json("GET", "/api/v1/models/embedded/report");

        assertThat(report.path("words").values()).isNotEmpty();
        assertThat(report.path("wrong").values()).isNotEmpty();
        assertThat(report.path("roc").values()).hasSizeGreaterThan(10);
        HttpResponse<String> page = service.sendAccepting("text/html", "/api/v1/models/embedded/report");
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.body()).contains("Research use only", "<svg", "Specificity");
        assertThat(service.send("GET", "/api/v1/models/2020-01-01.1/report").statusCode())
                .isEqualTo(404);
    }

    @Test
    void activatingTheActivePointerChangesNothing() throws Exception {
        Activation activation = service.releases().activate(first, "once");
        assertThat(service.releases().activate(first, "twice")).isEqualTo(activation);
        assertThat(service.releases().newest(1)).containsExactly(activation);
    }

    @Test
    void anActivationThatAnotherOneOvertookIsNotFollowed() throws Exception {
        Activation overtaken = service.releases().activate(first, "");
        service.releases().activate(second, "");
        assertThat(service.releases().follow(overtaken)).isFalse();
        assertThat(service.version()).isEqualTo(second);
    }

    @Test
    void rollbacksGoFurtherBackUntilTheEmbeddedModelAndThenAreRefused() throws Exception {
        service.releases().activate(first, "");
        service.releases().activate(second, "");
        assertThat(service.json("POST", ADMIN + "rollback").path("version").asString())
                .isEqualTo(first);
        while (!service.version().equals(EmbeddedModel.VERSION)) {
            assertThat(service.send("POST", ADMIN + "rollback").statusCode()).isEqualTo(200);
        }
        HttpResponse<String> refused = service.send("POST", ADMIN + "rollback");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("no-earlier-model");
    }

    @Test
    void aVersionThatCannotBeLoadedLeavesTheOldOneAnswering() throws Exception {
        service.releases().activate(first, "");
        Activation before = service.releases().newest(1).get(0);
        String damaged = service.publish();
        flipABit(service.models().resolve(damaged).resolve("heads.safetensors"));

        assertThat(service.send("POST", ADMIN + damaged + "/activate").statusCode())
                .isEqualTo(422);
        assertThatExceptionOfType(DamagedModel.class)
                .isThrownBy(() -> service.releases().activate(damaged, ""));
        assertThat(service.send("POST", ADMIN + "2020-01-01.1/activate").body()).contains("no-such-model");

        assertThat(service.version()).isEqualTo(first);
        assertThat(service.diagnose(Smears.jpeg(Smears.benign(1))).model().version())
                .isEqualTo(first);
        assertThat(service.releases().newest(1)).containsExactly(before);
        service.releases().delete(damaged);
    }

    @Test
    void anActivationThatWasDecidedBeforeAnotherOneIsRefusedAndChangesNothing() throws Exception {
        Activation stale = service.releases().activate(first, "");
        Activation current = service.releases().activate(second, "");
        long revision = service.bean(ReleaseLock.class).revision();

        assertThatExceptionOfType(ReleaseRefused.class)
                .isThrownBy(() -> service.bean(ReleaseRecords.class)
                        .add(
                                AuditAction.MODEL_ACTIVATED,
                                new ReleaseRecords.Draft(first, stale.digest(), "admin", "", Optional.empty()),
                                Optional.of(stale)))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("activation-conflict"));

        assertThat(service.releases().newest(1)).containsExactly(current);
        assertThat(service.bean(ReleaseLock.class).revision()).isEqualTo(revision);
    }

    @Test
    void whatIsInUseIsNotDeletedAndADeletedNameDoesNotComeBack() throws Exception {
        service.releases().activate(first, "");
        for (String inUse : List.of(first, EmbeddedModel.VERSION)) {
            HttpResponse<String> refused = service.send("DELETE", ADMIN + inUse);
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("model-in-use");
        }
        String unused = service.publish();
        anotherReplicaServes(unused);
        assertThatExceptionOfType(ReleaseRefused.class)
                .isThrownBy(() -> service.releases().delete(unused));
        service.jdbc().sql("delete from replica where id = 'another'").update();

        assertThat(service.send("DELETE", ADMIN + unused).statusCode()).isEqualTo(204);
        assertThat(service.send("DELETE", ADMIN + unused).statusCode()).isEqualTo(404);
        assertThat(service.versions()).doesNotContain(unused);
        String next = service.publish();
        assertThat(next).isNotEqualTo(unused);
        service.releases().delete(next);
    }

    @Test
    void theNewestAreKeptAndWhatARollbackNeeds() throws Exception {
        service.releases().activate(first, "");
        service.releases().activate(second, "");
        List<String> more = List.of(service.publish(), service.publish(), service.publish());
        service.releases().activate(first, "");

        assertThat(service.versions())
                .as("the active one, the one before it, and the two newest")
                .containsExactlyInAnyOrder(first, second, more.get(1), more.get(2));
        service.releases().delete(more.get(1));
        service.releases().delete(more.get(2));
    }

    @Test
    void theActivationsAndTheReplicasAreTold() throws Exception {
        service.releases().activate(first, "");
        service.releases().activate(second, "a reason");
        JsonNode told = service.json("GET", ADMIN + "activations?limit=2");
        assertThat(told.path("activations").size()).isEqualTo(2);
        assertThat(told.at("/activations/0/version").asString()).isEqualTo(second);
        assertThat(told.at("/activations/0/why").asString()).isEqualTo("a reason");
        assertThat(told.at("/activations/1/version").asString()).isEqualTo(first);
        assertThat(told.at("/replicas/0/version").asString()).isEqualTo(second);
        assertThat(service.send("GET", ADMIN + "activations?limit=0").statusCode())
                .isEqualTo(400);
    }

    @Test
    void everyActIsInTheAuditTrailAndSwapsAreCounted() throws Exception {
        service.releases().activate(first, "");
        service.releases().activate(second, "");
        service.releases().rollBack("");
        String unused = service.publish();
        service.releases().delete(unused);
        JsonNode records = service.json("GET", "/api/v1/admin/audit?limit=1000").path("records");
        assertThat(StreamSupport.stream(records.spliterator(), false)
                        .map(record -> record.path("action").asString()))
                .contains(
                        AuditAction.MODEL_ACTIVATED.name(),
                        AuditAction.MODEL_ROLLED_BACK.name(),
                        AuditAction.MODEL_DELETED.name());
        assertThat(service.send("GET", "/actuator/prometheus").body())
                .containsPattern("blastscope_model_swaps_total [1-9]")
                .contains("blastscope_releases_since_agreement_seconds ");
    }

    private void anotherReplicaServes(String version) {
        service.jdbc()
                .sql("insert into replica (id, version, digest, seen_at)"
                        + " values ('another', :version, 'sha256:', current_timestamp)")
                .param("version", version)
                .update();
    }

    private static void flipABit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
