package dev.blastscope.audit;

import dev.blastscope.Postgres;
import dev.blastscope.audit.AuditRecord.Entry;
import dev.blastscope.audit.AuditRecord.Event;
import dev.blastscope.audit.AuditVerification.NotedHead;
import dev.blastscope.audit.AuditVerification.Report;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with an empty audit trail, and hands that can do to it what the service never does. */
final class AuditDatabase {

    /** As in the service, whose pool keeps the database open: closing it would write what a commit did not. */
    private static final String H2 =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1";

    private final JdbcClient jdbc;
    private final DataSourceTransactionManager transactions;
    private final AuditRecords records;

    private AuditDatabase(String url) {
        DataSource source = new DriverManagerDataSource(url);
        Flyway.configure().dataSource(source).load().migrate();
        jdbc = JdbcClient.create(source);
        transactions = new DataSourceTransactionManager(source);
        records = new AuditRecords(jdbc);
    }

    static AuditDatabase h2InMemory() {
        return new AuditDatabase("jdbc:h2:mem:" + UUID.randomUUID() + H2);
    }

    static AuditDatabase h2(String file) {
        return new AuditDatabase("jdbc:h2:file:" + file + H2);
    }

    /** A schema of its own on the server that the environment names. */
    static AuditDatabase postgres() {
        return new AuditDatabase(Postgres.newSchema());
    }

    AuditRecords records() {
        return records;
    }

    AuditChain chain() {
        return new AuditChain(records, new TransactionTemplate(transactions));
    }

    Report verify() {
        return verify(Optional.empty());
    }

    Report verify(Optional<NotedHead> noted) {
        return new AuditVerification(records, transactions).verify(noted);
    }

    /** Appends so many predictions, each about an image of its own: "image-1" and so on. */
    AuditDatabase with(int predictions) {
        for (int i = 1; i <= predictions; i++) {
            chain().append(List.of(prediction("image-" + i)));
        }
        return this;
    }

    static Entry prediction(String image) {
        return Entry.of(
                new Event(AuditAction.PREDICTION, Optional.of(image), Map.of("predictionId", "id-of-" + image)),
                "anonymous",
                Instant.now());
    }

    int tamper(String sql) {
        return jdbc.sql(sql).update();
    }
}
