package dev.blastscope.trainingjobs;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The trainings as they are in the database. */
@Component
class TrainingRecords {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(Include.NON_ABSENT))
            .build();

    private final JdbcClient jdbc;

    TrainingRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws DuplicateKeyException if one of the same order has not ended */
    void insert(UUID id, Training.Order order, String startedBy, Instant created) {
        jdbc.sql(
                        "insert into training (id, created_at, started_by, dataset, original_dataset, asked, unfinished, state,"
                                + " cancelled, attempts, revision, activated) values (:id, :created, :startedBy, :dataset, :original,"
                                + " :asked, :unfinished, 'QUEUED', false, 0, 1, false)")
                .param("id", id.toString())
                .param("created", created.atOffset(ZoneOffset.UTC))
                .param("startedBy", startedBy)
                .param("dataset", order.dataset())
                .param("original", order.original().orElse(null))
                .param("asked", write(order))
                .param("unfinished", digest(order))
                .update();
    }

    Optional<PromotionDecision> promotion(String version) {
        return jdbc
                .sql("select promotion from training where version = :version and promotion is not null")
                .param("version", version)
                .query((row, number) -> json(row, "promotion", PromotionDecision.class))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** How many other trainings of this data set, as it is, were judged by the promotion gate. */
    private int judged(Training training) {
        return Math.toIntExact(jdbc
                .sql("select * from training where dataset = :dataset and promotion is not null and id <> :id")
                .param("dataset", training.order().dataset())
                .param("id", training.id().toString())
                .query((row, number) -> training(row))
                .list()
                .stream()
                .filter(other ->
                        other.order().datasetDigest().equals(training.order().datasetDigest()))
                .count());
    }

    Optional<Training> find(UUID id) {
        return jdbc.sql("select * from training where id = :id")
                .param("id", id.toString())
                .query((row, number) -> training(row))
                .optional();
    }

    /** The training of this order that has not ended. */
    Optional<UUID> unfinished(Training.Order order) {
        return jdbc.sql("select id from training where unfinished = :digest")
                .param("digest", digest(order))
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
        if (!end(id, Training.State.QUEUED, Training.State.CANCELLED, Trainings.CANCELLED)) {
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
    boolean end(UUID id, Training.State from, Training.State to, String reason) {
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
    Optional<Attempt> begin(Training training, String node) {
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
        return taken ? Optional.of(new Attempt(training.id(), attempt)) : Optional.empty();
    }

    private static Training training(ResultSet row) throws SQLException {
        return new Training(
                UUID.fromString(row.getString("id")),
                JSON.readValue(row.getString("asked"), Training.Order.class),
                row.getString("started_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Training.State.valueOf(row.getString("state")),
                row.getBoolean("cancelled"),
                row.getInt("attempts"),
                Optional.ofNullable(row.getString("node")),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                row.getLong("revision"),
                Optional.ofNullable(row.getString("reason")),
                json(row, "progress", Training.Progress.class),
                json(row, "report", Training.Report.class),
                Optional.ofNullable(row.getString("version")),
                json(row, "promotion", PromotionDecision.class),
                row.getBoolean("activated"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static <T> Optional<T> json(ResultSet row, String column, Class<T> type) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(text -> JSON.readValue(text, type));
    }

    private static String digest(Training.Order order) {
        return DigestUtils.sha256Hex(write(order));
    }

    private static String write(Object part) {
        return JSON.writeValueAsString(part);
    }

    /** What a node writes about a training that it works on; once another node has it, nothing is written any more. */
    final class Attempt {

        private final UUID id;
        private final int attempt;

        private Attempt(UUID id, int attempt) {
            this.id = id;
            this.attempt = attempt;
        }

        /** Whether the training is still this node's. */
        boolean isOurs() {
            return count("") > 0;
        }

        boolean isCancelled() {
            return count(" and cancelled") > 0;
        }

        void progress(Training.Progress progress) {
            set("progress = :progress", Map.of("progress", write(progress)));
        }

        void published(String version, Training.Report report) {
            set("version = :version, report = :report", Map.of("version", version, "report", write(report)));
        }

        /** How many other trainings of the same data set were judged before. */
        int looks() {
            return find(id).map(TrainingRecords.this::judged).orElse(0);
        }

        void judged(PromotionDecision decision) {
            set("promotion = :promotion", Map.of("promotion", write(decision)));
        }

        void activated() {
            set("activated = true", Map.of());
        }

        /** Gives it back to the queue as if it had not been begun. */
        void handBack(String reason) {
            set("state = 'QUEUED', attempts = attempts - 1, reason = :reason", Map.of("reason", reason));
        }

        /** @param reason absent where there is nothing to say */
        void end(Training.State state, Optional<String> reason) {
            OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
            if (reason.isPresent()) {
                set(
                        "state = :state, unfinished = null, ended_at = :now, reason = :reason",
                        Map.of("state", state.name(), "now", now, "reason", reason.get()));
            } else {
                set("state = :state, unfinished = null, ended_at = :now", Map.of("state", state.name(), "now", now));
            }
        }

        private void set(String assignments, Map<String, ?> values) {
            jdbc.sql("update training set " + assignments + ", revision = revision + 1"
                            + " where id = :id and attempts = :attempt and state = 'RUNNING'")
                    .params(values)
                    .param("id", id.toString())
                    .param("attempt", attempt)
                    .update();
        }

        private long count(String condition) {
            return jdbc.sql("select count(*) from training where id = :id and attempts = :attempt"
                            + " and state = 'RUNNING'" + condition)
                    .param("id", id.toString())
                    .param("attempt", attempt)
                    .query(Long.class)
                    .single();
        }
    }
}
