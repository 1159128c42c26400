package dev.blastscope.shadow;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditTrail;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Which model is the challenger, in the database, where it is in force for all replicas, and in the audit trail. */
@Component
class ShadowRecords {

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final AuditTrail trail;

    ShadowRecords(JdbcClient jdbc, TransactionOperations transaction, AuditTrail trail) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.trail = trail;
    }

    Optional<Challenger> current() {
        return jdbc.sql("select * from shadow_model")
                .query((row, number) -> challenger(row))
                .optional();
    }

    /** Replaces the challenger. */
    void begin(Challenger challenger) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from shadow_model").update();
            jdbc.sql("""
                    insert into shadow_model (id, version, digest, started_at, actor, why)
                    values (1, :version, :digest, :since, :actor, :why)""")
                    .param("version", challenger.version())
                    .param("digest", challenger.digest())
                    .param("since", challenger.since().atOffset(ZoneOffset.UTC))
                    .param("actor", challenger.actor())
                    .param("why", challenger.why())
                    .update();
            trail.record(
                    AuditAction.SHADOW_STARTED,
                    Map.of(
                            "version", challenger.version(),
                            "digest", challenger.digest(),
                            "by", challenger.actor(),
                            "why", challenger.why()));
        });
    }

    /** Ends a challenger, unless another one has replaced it. */
    void end(Challenger challenger, String why) {
        transaction.executeWithoutResult(status -> {
            int ended = jdbc.sql("delete from shadow_model where version = :version and started_at = :since")
                    .param("version", challenger.version())
                    .param("since", challenger.since().atOffset(ZoneOffset.UTC))
                    .update();
            if (ended > 0) {
                trail.record(AuditAction.SHADOW_ENDED, Map.of("version", challenger.version(), "why", why));
            }
        });
    }

    private static Challenger challenger(ResultSet row) throws SQLException {
        return new Challenger(
                row.getString("version"),
                row.getString("digest"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("why"));
    }
}
