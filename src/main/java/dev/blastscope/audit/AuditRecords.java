package dev.blastscope.audit;

import dev.blastscope.audit.AuditRecord.Contents;
import dev.blastscope.audit.AuditRecord.Link;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The records in the database. */
@Component
public class AuditRecords {

    private final JdbcClient jdbc;

    AuditRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a search selects; empty criteria select all records.
     *
     * @param predictionId the prediction that a record is about
     * @param image the SHA-256 of the image that a record is about
     * @param actor who did it
     * @param action what was done
     * @param since the earliest time
     * @param until the time before which it happened
     */
    public record Criteria(
            Optional<String> predictionId,
            Optional<String> image,
            Optional<String> actor,
            Optional<AuditAction> action,
            Optional<Instant> since,
            Optional<Instant> until) {

        private static final Criteria ALL = new Criteria(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        /** Conditions on columns, each with the value of its one parameter. */
        private Map<String, Object> conditions() {
            Map<String, Object> conditions = new LinkedHashMap<>();
            predictionId.ifPresent(id -> conditions.put("prediction_id = ?", id));
            image.ifPresent(sha256 -> conditions.put("image = ?", sha256));
            actor.ifPresent(name -> conditions.put("actor = ?", name));
            action.ifPresent(done -> conditions.put("action = ?", done.name()));
            since.ifPresent(time -> conditions.put("recorded_at >= ?", time.atOffset(ZoneOffset.UTC)));
            until.ifPresent(time -> conditions.put("recorded_at < ?", time.atOffset(ZoneOffset.UTC)));
            return conditions;
        }
    }

    /** The record of a number; empty if there is none, or none any more. */
    public Optional<AuditRecord> find(long sequence) {
        return page(sequence, 1).stream()
                .filter(record -> record.sequence() == sequence)
                .findFirst();
    }

    /**
     * The records from a number on that meet all criteria, in order.
     *
     * @param limit the maximum number of records
     */
    public List<AuditRecord> search(Criteria criteria, long from, int limit) {
        Map<String, Object> conditions = criteria.conditions();
        StringBuilder sql = new StringBuilder("select * from audit_record where seq >= ?");
        conditions.keySet().forEach(condition -> sql.append(" and ").append(condition));
        JdbcClient.StatementSpec statement =
                jdbc.sql(sql.append(" order by seq limit ?").toString()).param(from);
        for (Object value : conditions.values()) {
            statement = statement.param(value);
        }
        return statement.param(limit).query((row, number) -> record(row)).list();
    }

    /** The records from a number on, in order. */
    List<AuditRecord> page(long from, int limit) {
        return search(Criteria.ALL, from, limit);
    }

    /** The head; a statement that reads both tables, so that a snapshot of both is taken at one moment. */
    Link headBesideRecords() {
        return jdbc.sql("select seq, hash, (select count(*) from audit_record where seq < 0) as none"
                        + " from audit_head where id = 1")
                .query((row, number) -> link(row))
                .single();
    }

    /** The head, which no other transaction can move before this one ends. */
    Link lockedHead() {
        return jdbc.sql("select seq, hash from audit_head where id = 1 for update")
                .query((row, number) -> link(row))
                .single();
    }

    void moveHead(Link head) {
        jdbc.sql("update audit_head set seq = :seq, hash = :hash where id = 1")
                .param("seq", head.sequence())
                .param("hash", head.hash())
                .update();
    }

    void insert(AuditRecord record) {
        Optional<Contents> contents = record.contents();
        jdbc.sql("""
                insert into audit_record
                    (seq, recorded_at, actor, action, image, prediction_id, salt, details, digest, previous_hash, hash)
                values (:seq, :time, :actor, :action, :image, :predictionId, :salt, :details, :digest, :previousHash, :hash)""")
                .param("seq", record.sequence())
                .param("time", record.time().atOffset(ZoneOffset.UTC))
                .param("actor", record.actor())
                .param("action", record.action())
                .param("image", contents.flatMap(Contents::image).orElse(null))
                .param("predictionId", contents.flatMap(Contents::predictionId).orElse(null))
                .param("salt", contents.map(Contents::salt).orElse(null))
                .param("details", contents.map(Contents::details).orElse(null))
                .param("digest", record.digest())
                .param("previousHash", record.previousHash())
                .param("hash", record.hash())
                .update();
    }

    List<Long> about(String image) {
        return jdbc.sql("select seq from audit_record where image = :image order by seq")
                .param("image", image)
                .query(Long.class)
                .list();
    }

    void blankAbout(String image) {
        jdbc.sql("update audit_record set image = null, prediction_id = null, salt = null, details = null"
                        + " where image = :image")
                .param("image", image)
                .update();
    }

    /** The number of the first record that is not older. */
    Optional<Long> firstSince(Instant time) {
        return jdbc.sql("select min(seq) from audit_record where recorded_at >= :time")
                .param("time", time.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .optional();
    }

    int deleteThrough(long sequence) {
        return jdbc.sql("delete from audit_record where seq <= :seq")
                .param("seq", sequence)
                .update();
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(row.getLong("seq"), text(row, "hash"));
    }

    private static AuditRecord record(ResultSet row) throws SQLException {
        return new AuditRecord(
                row.getLong("seq"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                text(row, "actor"),
                text(row, "action"),
                contents(
                        row.getString("salt"),
                        row.getString("image"),
                        row.getString("prediction_id"),
                        row.getString("details")),
                text(row, "digest"),
                text(row, "previous_hash"),
                text(row, "hash"));
    }

    /** Half-erased contents are contents that were changed, which their digest shows. */
    private static Optional<Contents> contents(
            @Nullable String salt, @Nullable String image, @Nullable String predictionId, @Nullable String details) {
        return salt == null && image == null && predictionId == null && details == null
                ? Optional.empty()
                : Optional.of(new Contents(
                        Objects.requireNonNullElse(salt, ""),
                        Optional.ofNullable(image),
                        Optional.ofNullable(predictionId),
                        Objects.requireNonNullElse(details, "")));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNullElse(row.getString(column), "");
    }
}
