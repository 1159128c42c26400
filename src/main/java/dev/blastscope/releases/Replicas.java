package dev.blastscope.releases;

import dev.blastscope.inference.ServingModel;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What each replica serves: it reports each change, and repeats it now and then, so that no version in use is deleted.
 */
@Component
class Replicas {

    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(20);

    private static final String ALIVE = "seen_at > current_timestamp - interval '60' second";

    private final JdbcClient jdbc;
    private final String self = UUID.randomUUID().toString();
    private String reported = "";
    private long reportedAt;

    Replicas(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that reported within a minute. */
    List<Releases.Replica> alive() {
        return jdbc.sql("select * from replica where " + ALIVE + " order by id")
                .query((row, number) -> new Releases.Replica(
                        Objects.requireNonNull(row.getString("id")),
                        Objects.requireNonNull(row.getString("version")),
                        Objects.requireNonNull(row.getString("digest")),
                        row.getObject("seen_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    boolean serve(String version) {
        return alive().stream().anyMatch(replica -> replica.version().equals(version));
    }

    /** Reports what this one serves, if that changed or was not reported for a while. */
    synchronized void report(ServingModel model) {
        if (reported.equals(model.versionDigest()) && System.nanoTime() - reportedAt < BETWEEN_REPORTS.toNanos()) {
            return;
        }
        int updated = jdbc.sql("update replica set version = :version, digest = :digest, seen_at = current_timestamp"
                        + " where id = :id")
                .param("version", model.version())
                .param("digest", model.versionDigest())
                .param("id", self)
                .update();
        if (updated == 0) {
            jdbc.sql("delete from replica where seen_at < current_timestamp - interval '1' day")
                    .update();
            jdbc.sql("insert into replica (id, version, digest, seen_at) values (:id, :version, :digest,"
                            + " current_timestamp)")
                    .param("id", self)
                    .param("version", model.version())
                    .param("digest", model.versionDigest())
                    .update();
        }
        reported = model.versionDigest();
        reportedAt = System.nanoTime();
    }

    /** Removes this one. */
    synchronized void leave() {
        jdbc.sql("delete from replica where id = :id").param("id", self).update();
        reported = "";
    }
}
