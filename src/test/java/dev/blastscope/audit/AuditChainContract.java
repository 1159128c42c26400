package dev.blastscope.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.audit.AuditRecord.Entry;
import dev.blastscope.audit.AuditRecord.Link;
import dev.blastscope.audit.AuditRecords.Criteria;
import dev.blastscope.audit.AuditVerification.NotedHead;
import dev.blastscope.audit.AuditVerification.Report;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chain must do on every database. */
abstract class AuditChainContract {

    private final AuditDatabase database = open();

    abstract AuditDatabase open();

    @Test
    void anEmptyTrailIsIntact() {
        Report report = database.verify();

        assertThat(report.intact()).isTrue();
        assertThat(report.records()).isZero();
        assertThat(report.first()).isEmpty();
    }

    @Test
    void recordsComeBackAsTheyWereWritten() {
        Entry entry = AuditDatabase.prediction("image-1");
        database.chain().append(List.of(entry));

        AuditRecord record = database.records().find(1).orElseThrow();

        assertThat(record).isEqualTo(entry.after(Link.GENESIS));
        assertThat(record.isGenuine()).isTrue();
        assertThat(record.contents()).hasValue(entry.contents());
    }

    @Test
    void anUntouchedTrailIsIntact() {
        Report report = database.with(5).verify();

        assertThat(report.intact()).as(report.sentence()).isTrue();
        assertThat(report.records()).isEqualTo(5);
        assertThat(report.first()).hasValue(1L);
        assertThat(report.last()).isEqualTo(5);
        assertThat(report.head())
                .isEqualTo(database.records().find(5).orElseThrow().hash());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            update audit_record set actor = 'somebody else' where seq = 3                                    | 3
            update audit_record set action = 'KEY_CREATED' where seq = 3                                     | 3
            update audit_record set details = '{"outcome":"MALIGNANT"}' where seq = 3                        | 3
            update audit_record set image = 'image-7' where seq = 3                                          | 3
            update audit_record set image = null where seq = 3                                               | 3
            update audit_record set prediction_id = 'id-of-image-7' where seq = 3                            | 3
            update audit_record set prediction_id = null where seq = 3                                       | 3
            update audit_record set recorded_at = timestamp with time zone '2020-01-01 00:00:00+00' where seq = 3 | 3
            update audit_record set hash = repeat('0', 64) where seq = 3                                     | 3
            update audit_record set image = null, prediction_id = null, salt = null, details = null where seq = 3 | 3
            delete from audit_record where seq = 3                                                           | 3
            delete from audit_record where seq = 1                                                           | 1
            delete from audit_record where seq <= 2                                                          | 1
            delete from audit_record where seq = 5                                                           | 5
            delete from audit_record                                                                         | 1
            update audit_head set seq = 3, hash = (select hash from audit_record where seq = 3) where id = 1 | 4
            update audit_head set hash = repeat('0', 64) where id = 1                                        | 5
            """)
    void whatWasChangedOrRemovedIsFound(String tampering, long firstBad) {
        assertThat(database.with(5).tamper(tampering)).isPositive();

        Report report = database.verify();

        assertThat(report.intact()).isFalse();
        assertThat(report.firstBad()).as(report.sentence()).hasValue(firstBad);
        assertThat(report.sentence()).contains("NOT intact").containsIgnoringCase("record " + firstBad);
    }

    @Test
    void anInsertedRecordIsFoundEvenIfItsOwnHashIsRight() {
        database.with(5);
        AuditRecord second = database.records().find(2).orElseThrow();
        AuditRecord forged = AuditDatabase.prediction("image-forged").after(second.link());
        database.tamper("update audit_record set seq = seq + 100 where seq >= 3");
        database.tamper("update audit_record set seq = seq - 99 where seq >= 100");
        database.records().insert(forged);

        assertThat(database.verify().firstBad()).hasValue(4L);
    }

    @Test
    void aRecordReplacedByAnotherThatFitsIsFoundByTheOneAfterIt() {
        database.with(5);
        AuditRecord forged = AuditDatabase.prediction("image-forged")
                .after(database.records().find(2).orElseThrow().link());
        database.tamper("delete from audit_record where seq = 3");
        database.records().insert(forged);

        assertThat(database.verify().firstBad()).hasValue(4L);
    }

    @Test
    void reorderedRecordsAreFound() {
        database.with(5);
        database.tamper("update audit_record set seq = 99 where seq = 2");
        database.tamper("update audit_record set seq = 2 where seq = 3");
        database.tamper("update audit_record set seq = 3 where seq = 99");

        assertThat(database.verify().firstBad()).hasValue(2L);
    }

    @Test
    void aChainThatWasComputedAnewLacksTheHeadThatWasNoted() {
        Report before = database.with(3).verify();
        Optional<NotedHead> noted = Optional.of(new NotedHead(before.last(), before.head()));
        assertThat(database.with(2).verify(noted).sentence())
                .isEqualTo("The audit trail is intact: 5 records up to number 5. The noted record is one of them.");

        database.tamper("delete from audit_record");
        database.tamper("update audit_head set seq = 0, hash = '" + Link.GENESIS.hash() + "'");
        assertThat(database.verify(noted).sentence())
                .contains("Record 1 is missing, with all after it up to the noted");
        database.with(5);
        assertThat(database.verify().intact()).isTrue();
        Report anew = database.verify(noted);
        assertThat(anew.intact()).isFalse();
        assertThat(anew.firstBad()).hasValue(3L);
        assertThat(anew.sentence()).contains("the chain was computed anew");
    }

    @Test
    void erasureTakesTheContentsAndLeavesTheChainWhole() {
        database.with(3).chain().append(List.of(AuditDatabase.prediction("image-2")));

        int erased = database.chain().erase("image-2", "an admin", Instant.now());

        assertThat(erased).isEqualTo(2);
        assertThat(database.records().find(2).orElseThrow().contents()).isEmpty();
        assertThat(database.records().about("image-2")).isEmpty();
        assertThat(found("id-of-image-2")).isEmpty();
        Report report = database.verify();
        assertThat(report.intact()).as(report.sentence()).isTrue();
        assertThat(report.erased()).isEqualTo(2);
        AuditRecord erasure = database.records().find(5).orElseThrow();
        assertThat(erasure.actor()).isEqualTo("an admin");
        assertThat(erasure.contents())
                .hasValueSatisfying(contents -> assertThat(contents.details()).isEqualTo("{\"sequences\":[2,4]}"));
    }

    @Test
    void anIdOfAPredictionThatIsGivenToAnErasedRecordIsFound() {
        database.with(3).chain().erase("image-2", "an admin", Instant.now());
        database.tamper("update audit_record set prediction_id = 'id-of-image-7' where seq = 2");

        assertThat(database.verify().firstBad()).hasValue(2L);
    }

    @Test
    void aSearchFindsTheRecordsThatMeetAllCriteria() {
        Instant start = Instant.parse("2026-11-23T08:00:00Z");
        for (int hour = 0; hour < 6; hour++) {
            database.chain()
                    .append(List.of(new Entry(
                            start.plus(Duration.ofHours(hour)),
                            hour % 2 == 0 ? "ward-7" : "anonymous",
                            hour == 5 ? "PREDICTION_REPLAYED" : "PREDICTION",
                            AuditDatabase.prediction("image-" + hour / 2).contents())));
        }
        Optional<String> any = Optional.empty();
        Optional<Instant> ever = Optional.empty();
        Optional<AuditAction> anything = Optional.empty();

        assertThat(found(new Criteria(any, any, any, anything, ever, ever))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(found("id-of-image-1")).containsExactly(3L, 4L);
        assertThat(found(new Criteria(any, Optional.of("image-2"), any, anything, ever, ever)))
                .containsExactly(5L, 6L);
        assertThat(found(new Criteria(any, any, Optional.of("ward-7"), anything, ever, ever)))
                .containsExactly(1L, 3L, 5L);
        assertThat(found(new Criteria(any, any, any, Optional.of(AuditAction.PREDICTION_REPLAYED), ever, ever)))
                .containsExactly(6L);
        assertThat(found(new Criteria(
                        any,
                        any,
                        Optional.of("ward-7"),
                        Optional.of(AuditAction.PREDICTION),
                        Optional.of(start.plus(Duration.ofHours(2))),
                        Optional.of(start.plus(Duration.ofHours(4))))))
                .containsExactly(3L);
        assertThat(database.records().search(new Criteria(any, any, any, anything, ever, ever), 3, 2))
                .extracting(AuditRecord::sequence)
                .containsExactly(3L, 4L);
    }

    private List<Long> found(String predictionId) {
        return found(new Criteria(
                Optional.of(predictionId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private List<Long> found(Criteria criteria) {
        return database.records().search(criteria, 1, 100).stream()
                .map(AuditRecord::sequence)
                .toList();
    }

    @Test
    void anErasureThatFindsNothingIsNotOnRecord() {
        assertThat(database.with(2).chain().erase("image-7", "an admin", Instant.now()))
                .isZero();
        assertThat(database.verify().last()).isEqualTo(2);
    }

    @Test
    void anErasureCoversItsOwnRecordsOnly() {
        database.with(3).chain().erase("image-1", "an admin", Instant.now());
        database.tamper("update audit_record set image = null, prediction_id = null, salt = null, details = null"
                + " where seq = 2");

        assertThat(database.verify().firstBad()).hasValue(2L);
    }

    @Test
    void retentionDeletesTheOldestAndAnchorsTheRest() {
        database.with(3);
        Instant limit = Instant.now().plusSeconds(1);
        Entry young = new Entry(
                limit.truncatedTo(ChronoUnit.MILLIS).plusSeconds(1),
                "anonymous",
                "PREDICTION",
                AuditDatabase.prediction("image-4").contents());
        database.chain().append(List.of(young));

        assertThat(database.chain().deleteBefore(limit, "service", limit.plusSeconds(2)))
                .isEqualTo(3);

        Report report = database.verify();
        assertThat(report.intact()).as(report.sentence()).isTrue();
        assertThat(report.first()).hasValue(4L);
        assertThat(report.records()).isEqualTo(2);
        assertThat(database.records().find(5).orElseThrow().action()).isEqualTo("RETENTION");

        database.tamper("delete from audit_record where seq = 4");
        assertThat(database.verify().firstBad()).hasValue(4L);
    }

    @Test
    void retentionMayDeleteEverythingEvenItsOwnRecordsLater() {
        database.with(3);
        Instant now = Instant.now();

        assertThat(database.chain().deleteBefore(now.plusSeconds(10), "service", now))
                .isEqualTo(3);
        assertThat(database.chain().deleteBefore(now.plusSeconds(10), "service", now))
                .isEqualTo(1);
        assertThat(database.chain().deleteBefore(now.minus(Duration.ofDays(1)), "service", now))
                .isZero();

        Report report = database.verify();
        assertThat(report.intact()).as(report.sentence()).isTrue();
        assertThat(report.first()).hasValue(5L);
    }

    @Test
    void nodesThatAppendAndEraseAtOnceMakeOneChain() throws Exception {
        AuditWriter one = new AuditWriter(database.chain(), new SimpleMeterRegistry());
        AuditWriter other = new AuditWriter(database.chain(), new SimpleMeterRegistry());
        ExecutorService executor = Executors.newFixedThreadPool(8);
        List<Callable<Integer>> acts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String image = "image-" + i;
            AuditWriter writer = i % 2 == 0 ? one : other;
            acts.add(() -> {
                writer.append(List.of(AuditDatabase.prediction(image), AuditDatabase.prediction(image)));
                return image.endsWith("0") ? database.chain().erase(image, "an admin", Instant.now()) : 0;
            });
        }
        int erased = 0;
        for (Future<Integer> act : executor.invokeAll(acts)) {
            erased += act.get();
        }
        executor.shutdown();
        one.destroy();
        other.destroy();

        Report report = database.verify();
        assertThat(report.intact()).as(report.sentence()).isTrue();
        assertThat(erased).isEqualTo(20);
        assertThat(report.erased()).isEqualTo(20);
        assertThat(report.records()).isEqualTo(210);
        assertThat(database.records().page(1, 1000))
                .extracting(AuditRecord::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 210).boxed().toList());
    }

    @Test
    void verificationSeesOneMomentWhileOthersAppendAndErase() throws Exception {
        database.with(20);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        Future<?> busy = executor.submit(() -> {
            for (int i = 1; i <= 20; i++) {
                database.chain().erase("image-" + i, "an admin", Instant.now());
                database.chain().append(List.of(AuditDatabase.prediction("image-" + (100 + i))));
            }
        });
        while (!busy.isDone()) {
            Report report = database.verify();
            assertThat(report.intact()).as(report.sentence()).isTrue();
        }
        busy.get();
        executor.shutdown();
        assertThat(database.verify().erased()).isEqualTo(20);
    }
}
