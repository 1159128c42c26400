package dev.blastscope.trainingjobs;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a node writes about a training that it works on; once another node has it, nothing is written any more. */
final class TrainingAttempt {

    private final JdbcClient jdbc;
    private final UUID id;
    private final int attempt;

    TrainingAttempt(JdbcClient jdbc, UUID id, int attempt) {
        this.jdbc = jdbc;
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

    void progress(TrainingStep step) {
        set("progress = :progress", Map.of("progress", TrainingJsonText.write(step)));
    }

    void published(String version, TrainingReport report) {
        set(
                "version = :version, report = :report",
                Map.of("version", version, "report", TrainingJsonText.write(report)));
    }

    void judged(PromotionDecision verdict) {
        set("verdict = :verdict", Map.of("verdict", TrainingJsonText.write(verdict)));
    }

    void activated() {
        set("activated = true", Map.of());
    }

    /** Gives it back to the queue as if it had not been begun. */
    void handBack(String reason) {
        set("state = 'QUEUED', attempts = attempts - 1, reason = :reason", Map.of("reason", reason));
    }

    void end(TrainingState state, @Nullable String reason) {
        String because = reason == null ? "" : ", reason = :reason";
        set(
                "state = :state, unfinished = null, ended_at = :now" + because,
                reason == null
                        ? Map.of("state", state.name(), "now", OffsetDateTime.now(ZoneOffset.UTC))
                        : Map.of("state", state.name(), "now", OffsetDateTime.now(ZoneOffset.UTC), "reason", reason));
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
        return jdbc.sql("select count(*) from training where id = :id and attempts = :attempt and state = 'RUNNING'"
                        + condition)
                .param("id", id.toString())
                .param("attempt", attempt)
                .query(Long.class)
                .single();
    }
}
