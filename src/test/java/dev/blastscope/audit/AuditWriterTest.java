package dev.blastscope.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.audit.AuditRecord.Contents;
import dev.blastscope.audit.AuditRecord.Event;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class AuditWriterTest {

    private final AuditDatabase database = AuditDatabase.h2InMemory();

    @Test
    void whatIsAppendedIsCommittedWhenItReturns() throws Exception {
        AuditWriter writer = new AuditWriter(database.chain(), new SimpleMeterRegistry());

        writer.append(List.of(AuditDatabase.prediction("image-1"), AuditDatabase.prediction("image-2")));

        assertThat(database.verify().records()).isEqualTo(2);
        writer.destroy();
    }

    @Test
    void whatIsAppendedSoonIsCommittedBeforeTheWriterStops() throws Exception {
        AuditWriter writer = new AuditWriter(database.chain(), new SimpleMeterRegistry());
        for (int i = 0; i < 50; i++) {
            writer.appendSoon(List.of(AuditDatabase.prediction("image-" + i)));
        }

        writer.destroy();

        assertThat(database.verify().records()).isEqualTo(50);
        assertThatExceptionOfType(AuditUnavailable.class)
                .isThrownBy(() -> writer.appendSoon(List.of(AuditDatabase.prediction("too late"))));
    }

    @Test
    void whoWaitsIsRefusedWhileTheDatabaseRefusesAndWhatNobodyWaitsForIsKept() throws Exception {
        database.tamper("alter table audit_record rename to audit_record_away");
        AuditWriter writer = new AuditWriter(database.chain(), new SimpleMeterRegistry());
        writer.appendSoon(List.of(AuditDatabase.prediction("buffered")));

        assertThatExceptionOfType(AuditUnavailable.class)
                .isThrownBy(() -> writer.append(List.of(AuditDatabase.prediction("durable"))));

        database.tamper("alter table audit_record_away rename to audit_record");
        writer.append(List.of(AuditDatabase.prediction("another")));
        writer.destroy();
        assertThat(database.records().page(1, 10))
                .extracting(record -> record.contents().flatMap(Contents::image).orElse(""))
                .containsExactly("buffered", "another");
        assertThat(database.verify().intact()).isTrue();
    }

    @Test
    void theTrailNotesActorAndRequestAndRecordsNothingWhereItIsOff() throws Exception {
        AuditWriter writer = new AuditWriter(database.chain(), new SimpleMeterRegistry());
        AuditTrail trail = new AuditTrail(writer, database.chain(), () -> "an admin");
        MDC.put("requestId", "run-7");

        trail.record(List.of(new Event(AuditAction.PREDICTION, Optional.of("i"), Map.of())), Durability.OFF);
        trail.record(AuditAction.MODEL_ACTIVATED, Map.of("version", "2026-11-23.1"));
        MDC.remove("requestId");
        writer.destroy();

        assertThat(database.records().page(1, 10)).singleElement().satisfies(record -> {
            assertThat(record.actor()).isEqualTo("an admin");
            assertThat(record.action()).isEqualTo("MODEL_ACTIVATED");
            assertThat(record.contents()).hasValueSatisfying(contents -> assertThat(contents.details())
                    .isEqualTo("{\"requestId\":\"run-7\",\"version\":\"2026-11-23.1\"}"));
        });
    }
}
