package dev.blastscope.trainingjobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The trainings as they are in the database. */
@Component
class TrainingRecords {

    private final JdbcClient jdbc;

    TrainingRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws DuplicateKeyException if one of the same order has not ended */
    void insert(UUID id, TrainingOrder order, String startedBy, Instant created) {
        jdbc.sql(
                        "insert into training (id, created_at, started_by, dataset, original_dataset, asked, unfinished, state,"
                                + " cancelled, attempts, revision, activated) values (:id, :created, :startedBy, :dataset, :original,"
                                + " :asked, :unfinished, 'QUEUED', false, 0, 1, false)")
                .param("id", id.toString())
                .param("created", created.atOffset(ZoneOffset.UTC))
                .param("startedBy", startedBy)
                .param("dataset", order.dataset())
                .param("original", order.original().orElse(null))
                .param("asked", TrainingJsonText.write(order))
                .param("unfinished", order.digest())
                .update();
    }

    Optional<Training> find(UUID id) {
        return jdbc.sql("select * from training where id = :id")
                .param("id", id.toString())
                .query((row, number) -> training(row))
                .optional();
    }

    /** The training of this order that has not ended. */
    Optional<UUID> unfinished(TrainingOrder order) {
        return jdbc.sql("select id from training where unfinished = :digest")
                .param("digest", order.digest())
                .query(String.class)
                .optional()
                .map(UUID::fromString);
    }

    /** Newest first. */
    List<Training> page(long offset, int limit) {
        return jdbc.sql("select * from training order by created_at desc, id desc offset :offset rows"
                        + " fetch next :limit rows only")
                .param("offset", offset)
                .param("limit", limit)
                .query((row, number) -> training(row))
                .list();
    }

    long count() {
        return jdbc.sql("select count(*) from training").query(Long.class).single();
    }

    boolean anyUnfinishedOn(String dataset) {
        return jdbc.sql("select count(*) from training where unfinished is not null"
                                + " and (dataset = :dataset or original_dataset = :dataset)")
                        .param("dataset", dataset)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Ends it at once if it waits; else asks the node that works on it to end it. */
    void cancel(UUID id) {
        if (!end(id, TrainingState.QUEUED, TrainingState.CANCELLED, Trainings.CANCELLED)) {
            jdbc.sql("update training set cancelled = true, revision = revision + 1"
                            + " where id = :id and state = 'RUNNING' and not cancelled")
                    .param("id", id.toString())
                    .update();
        }
    }

    /** Says why a training still waits. */
    void explainWaiting(UUID id, String reason) {
        jdbc.sql("update training set reason = :reason, revision = revision + 1 where id = :id and state = 'QUEUED'"
                        + " and (reason is null or reason <> :reason)")
                .param("id", id.toString())
                .param("reason", reason)
                .update();
    }

    /** Puts a training whose node died back into the queue. */
    void requeue(UUID id, String reason) {
        jdbc.sql("update training set state = 'QUEUED', reason = :reason, revision = revision + 1"
                        + " where id = :id and state = 'RUNNING'")
                .param("id", id.toString())
                .param("reason", reason)
                .update();
    }

    /** Ends a training that is in a state; false if it is not. */
    boolean end(UUID id, TrainingState from, TrainingState to, String reason) {
        return jdbc.sql("update training set state = :to, unfinished = null, ended_at = :now, reason = :reason,"
                                + " revision = revision + 1 where id = :id and state = :from")
                        .param("id", id.toString())
                        .param("from", from.name())
                        .param("to", to.name())
                        .param("reason", reason)
                        .param("now", OffsetDateTime.now(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    /** Takes a waiting training; empty if another node was faster, or an admin cancelled it. */
    Optional<TrainingAttempt> begin(Training training, String node) {
        int attempt = training.attempts() + 1;
        boolean taken = jdbc.sql("update training set state = 'RUNNING', attempts = :attempt, node = :node,"
                                + " started_at = coalesce(started_at, :now), reason = null, progress = null,"
                                + " revision = revision + 1"
                                + " where id = :id and attempts = :before and unfinished is not null")
                        .param("id", training.id().toString())
                        .param("attempt", attempt)
                        .param("before", training.attempts())
                        .param("node", node)
                        .param("now", OffsetDateTime.now(ZoneOffset.UTC))
                        .update()
                > 0;
        return taken ? Optional.of(new TrainingAttempt(jdbc, training.id(), attempt)) : Optional.empty();
    }

    private static Training training(ResultSet row) throws SQLException {
        return new Training(
                UUID.fromString(row.getString("id")),
                TrainingJsonText.read(row.getString("asked"), TrainingOrder.class),
                row.getString("started_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                TrainingState.valueOf(row.getString("state")),
                row.getBoolean("cancelled"),
                row.getInt("attempts"),
                Optional.ofNullable(row.getString("node")),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                row.getLong("revision"),
                Optional.ofNullable(row.getString("reason")),
                json(row, "progress", TrainingStep.class),
                json(row, "report", TrainingReport.class),
                Optional.ofNullable(row.getString("version")),
                json(row, "verdict", PromotionDecision.class),
                row.getBoolean("activated"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static <T> Optional<T> json(ResultSet row, String column, Class<T> type) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(text -> TrainingJsonText.read(text, type));
    }
}
