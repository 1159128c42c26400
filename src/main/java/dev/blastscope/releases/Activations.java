package dev.blastscope.releases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The activations as they are in the database. */
@Component
class Activations {

    private final JdbcClient jdbc;

    Activations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The present one; empty before the first. */
    Optional<Activation> last() {
        return newest(1).stream().findFirst();
    }

    List<Activation> newest(int limit) {
        return jdbc.sql("select * from model_activation order by id desc limit :limit")
                .param("limit", limit)
                .query((row, number) -> activation(row))
                .list();
    }

    Optional<Activation> find(long id) {
        return jdbc.sql("select * from model_activation where id = :id")
                .param("id", id)
                .query((row, number) -> activation(row))
                .optional();
    }

    void insert(Activation activation) {
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
}
