package dev.blastscope.releases;

import dev.blastscope.inference.ServingModel;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who serves what: each replica says so when it changes and now and then, so that no version in use is deleted. */
@Component
class Replicas {

    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(20);

    private static final String ALIVE = "seen_at > current_timestamp - interval '60' second";

    private final JdbcClient jdbc;
    private final String self = UUID.randomUUID().toString();
    private String told = "";
    private long toldAt;

    Replicas(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that gave a sign of life within a minute. */
    List<Replica> alive() {
        return jdbc.sql("select * from replica where " + ALIVE + " order by id")
                .query((row, number) -> new Replica(
                        Objects.requireNonNull(row.getString("id")),
                        Objects.requireNonNull(row.getString("version")),
                        Objects.requireNonNull(row.getString("digest")),
                        row.getObject("seen_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    boolean serve(String version) {
        return alive().stream().anyMatch(replica -> replica.version().equals(version));
    }

    /** Says what this one serves, if that is news or nothing was said for a while. */
    synchronized void sign(ServingModel model) {
        if (told.equals(model.digest()) && System.nanoTime() - toldAt < BETWEEN_SIGNS.toNanos()) {
            return;
        }
        int updated = jdbc.sql("update replica set version = :version, digest = :digest, seen_at = current_timestamp"
                        + " where id = :id")
                .param("version", model.version())
                .param("digest", model.digest())
                .param("id", self)
                .update();
        if (updated == 0) {
            jdbc.sql("delete from replica where seen_at < current_timestamp - interval '1' day")
                    .update();
            jdbc.sql("insert into replica (id, version, digest, seen_at) values (:id, :version, :digest,"
                            + " current_timestamp)")
                    .param("id", self)
                    .param("version", model.version())
                    .param("digest", model.digest())
                    .update();
        }
        told = model.digest();
        toldAt = System.nanoTime();
    }

    /** Takes leave. */
    synchronized void leave() {
        jdbc.sql("delete from replica where id = :id").param("id", self).update();
        told = "";
    }
}
