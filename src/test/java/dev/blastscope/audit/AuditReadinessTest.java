package dev.blastscope.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.home.HomeSpaces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Readiness tells whether a prediction could be recorded now. */
class AuditReadinessTest {

    private final AuditDatabase database = AuditDatabase.h2InMemory();
    private final AuditWriter writer = new AuditWriter(database.chain(), new SimpleMeterRegistry());

    @AfterEach
    void stop() throws Exception {
        writer.destroy();
    }

    @Test
    void itIsUpWhileRecordsCanBeWrittenAndAsksWithoutLeavingOne() {
        assertThat(readiness(Durability.DURABLE).health().getStatus()).isEqualTo(Status.UP);

        assertThat(database.verify().records()).isZero();
        assertThat(database.verify().intact()).isTrue();
    }

    @Test
    void itIsDownFromTheFirstFailureUntilRecordsCanBeWrittenAgain() {
        AuditReadiness readiness = readiness(Durability.DURABLE);
        assertThat(readiness.health().getStatus()).isEqualTo(Status.UP);

        database.tamper("alter table audit_head rename to audit_head_away");
        assertThat(writer.canWrite(Duration.ofSeconds(5))).isFalse();
        Health down = readiness.health();
        assertThat(down.getStatus()).isEqualTo(Status.DOWN);
        assertThat(down.getDetails().get("reason")).asString().contains("predictions are refused");

        database.tamper("alter table audit_head_away rename to audit_head");
        await().until(() -> readiness.health().getStatus().equals(Status.UP));
        writer.append(List.of(AuditDatabase.prediction("image-1")));
        assertThat(database.verify().intact()).isTrue();
    }

    @Test
    void itIsUpWherePredictionsAreNotHeldBackByTheTrail() {
        database.tamper("alter table audit_head rename to audit_head_away");

        assertThat(readiness(Durability.BUFFERED).health().getStatus()).isEqualTo(Status.UP);
        assertThat(readiness(Durability.OFF).health().getStatus()).isEqualTo(Status.UP);
    }

    private AuditReadiness readiness(Durability predictions) {
        return new AuditReadiness(writer, HomeSpaces.withRoom(), new AuditSettings(predictions, null));
    }
}
