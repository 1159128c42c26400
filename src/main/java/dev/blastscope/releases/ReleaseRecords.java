package dev.blastscope.releases;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditTrail;
import dev.blastscope.refusal.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was activated and deleted, in the database, where it is in force for all replicas, and in the audit trail. */
@Component
class ReleaseRecords {

    private static final Clock CLOCK = Clock.systemUTC();

    private final JdbcClient jdbc;
    private final ReleaseLock lock;
    private final SharedModels shared;
    private final Replicas replicas;
    private final AuditTrail trail;

    ReleaseRecords(JdbcClient jdbc, ReleaseLock lock, SharedModels shared, Replicas replicas, AuditTrail trail) {
        this.jdbc = jdbc;
        this.lock = lock;
        this.shared = shared;
        this.replicas = replicas;
        this.trail = trail;
    }

    /** The current activation; empty before the first. */
    Optional<Activation> last() {
        return newest(1).stream().findFirst();
    }

    boolean isActive(String version) {
        return last().map(Activation::version).filter(version::equals).isPresent();
    }

    /** The latest activations, newest first. */
    List<Activation> newest(int limit) {
        return jdbc.sql("select * from model_activation order by id desc limit :limit")
                .param("limit", limit)
                .query((row, number) -> activation(row))
                .list();
    }

    /** The running services on the database. */
    List<Releases.Replica> replicas() {
        return replicas.alive();
    }

    /** What a rollback goes back to. */
    Optional<Activation> rollbackTarget(Activation from) {
        return from.rollbackTarget(this::find, shared::exists);
    }

    /**
     * Adds an activation, which is in force for all replicas when this returns, and shares its model with them first.
     *
     * @param after the activation that was current when this one was decided
     * @throws Refusal if that is not the current one any more, or the version is not what the replicas share
     */
    Activation add(AuditAction action, Draft draft, Optional<Activation> after) throws Refusal {
        if (!shared.share(draft.version())) {
            throw ReleaseRefused.versionTaken(draft.version());
        }
        return lock.change(() -> {
            if (!last().equals(after)) {
                throw ReleaseRefused.activationConflict();
            }
            shared.requireShared(draft.version(), draft.digest());
            Activation activation = new Activation(
                    after.map(Activation::id).orElse(0L) + 1,
                    draft.version(),
                    draft.digest(),
                    CLOCK.instant().truncatedTo(ChronoUnit.MICROS),
                    draft.actor(),
                    draft.why(),
                    draft.previous());
            insert(activation);
            trail.record(
                    action,
                    Map.of(
                            "activation", activation.id(),
                            "version", activation.version(),
                            "digest", activation.digest(),
                            "by", activation.actor(),
                            "why", activation.why()));
            return activation;
        });
    }

    /**
     * Deletes a version for all replicas.
     *
     * @throws ReleaseRefused if it is active, or one of them still serves it
     */
    void delete(String version) throws ReleaseRefused {
        lock.change(() -> {
            if (isActive(version) || replicas.serve(version)) {
                throw ReleaseRefused.modelInUse();
            }
            shared.delete(version);
            trail.record(AuditAction.MODEL_DELETED, Map.of("version", version));
            return version;
        });
    }

    private Optional<Activation> find(long id) {
        return jdbc.sql("select * from model_activation where id = :id")
                .param("id", id)
                .query((row, number) -> activation(row))
                .optional();
    }

    private void insert(Activation activation) {
        jdbc.sql("""
                insert into model_activation (id, version, digest, activated_at, actor, why, previous)
                values (:id, :version, :digest, :time, :actor, :why, :previous)""")
                .param("id", activation.id())
                .param("version", activation.version())
                .param("digest", activation.digest())
                .param("time", activation.time().atOffset(ZoneOffset.UTC))
                .param("actor", activation.actor())
                .param("why", activation.why())
                .param("previous", activation.previous().orElse(null))
                .update();
    }

    private static Activation activation(ResultSet row) throws SQLException {
        return new Activation(
                row.getLong("id"),
                text(row, "version"),
                text(row, "digest"),
                row.getObject("activated_at", OffsetDateTime.class).toInstant(),
                text(row, "actor"),
                text(row, "why"),
                Optional.ofNullable(row.getObject("previous", Long.class)));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNullElse(row.getString(column), "");
    }

    /** An activation that has neither a number nor a time yet; its components are those of {@link Activation}. */
    record Draft(String version, String digest, String actor, String why, Optional<Long> previous) {}
}
