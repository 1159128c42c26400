package dev.blastscope.datasetstore;

import dev.blastscope.database.Chunks;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The shared data sets as they are in the database. */
@Component
class SharedRows {

    private final JdbcClient jdbc;
    private final Chunks chunks;
    private final TransactionOperations transaction;

    SharedRows(JdbcClient jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.chunks = new Chunks(jdbc, "dataset_chunk");
        this.transaction = transaction;
    }

    List<SharedDataset> all() {
        return jdbc.sql("select id, report, chunks from dataset where name is not null")
                .query((row, number) -> dataset(row))
                .list();
    }

    Optional<SharedDataset> find(String name) {
        return jdbc.sql("select id, report, chunks from dataset where name = :name")
                .param("name", name)
                .query((row, number) -> dataset(row))
                .optional();
    }

    /** Adds a data set that nobody sees yet, and returns its id. */
    String begin(DatasetReport report) {
        String id = UUID.randomUUID().toString();
        jdbc.sql("insert into dataset (id, report, signed_at) values (:id, :report, current_timestamp)")
                .param("id", id)
                .param("report", new String(report.toJson(), StandardCharsets.UTF_8))
                .update();
        return id;
    }

    /** Adds a chunk to a data set that has no name yet, and notes that its upload is alive. */
    void addChunk(String id, int part, byte[] content) {
        transaction.executeWithoutResult(status -> {
            int signed = jdbc.sql("update dataset set signed_at = current_timestamp where id = :id")
                    .param("id", id)
                    .update();
            if (signed == 0) {
                throw new IllegalStateException(
                        "The upload paused for so long that it was taken for abandoned. Send it again.");
            }
            chunks.add(id, part, content);
        });
    }

    /** A chunk; empty if it is missing or is not what was added. */
    Optional<byte[]> chunk(SharedDataset dataset, int part) {
        return chunks.find(dataset.id(), part);
    }

    /** Gives a data set its name; false if another one has that name, or if this upload was deleted. */
    boolean complete(String id, DatasetReport report, int chunks) {
        try {
            return jdbc.sql(
                                    "update dataset set name = :name, chunks = :chunks where id = :id and not exists"
                                            + " (select 1 from dataset_deleted where name = :name and digest = :digest and created = :created)")
                            .param("id", id)
                            .param("chunks", chunks)
                            .param("name", report.name())
                            .param("digest", report.digest())
                            .param("created", report.created().toString())
                            .update()
                    > 0;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** Removes what did not get a name. */
    void discard(String id) {
        jdbc.sql("delete from dataset where id = :id and name is null")
                .param("id", id)
                .update();
    }

    /** Removes uploads without a name that added no chunk for ten minutes; a chunk takes much less than a second. */
    void sweep() {
        jdbc.sql("delete from dataset where name is null and signed_at < current_timestamp - interval '10' minute")
                .update();
    }

    /** Removes a data set for good, whether it is shared or lies on one node alone. */
    void delete(DatasetReport report) {
        transaction.executeWithoutResult(status -> {
            find(report.name())
                    .filter(shared -> shared.report().isOfSameUpload(report))
                    .ifPresent(shared -> jdbc.sql("delete from dataset where id = :id")
                            .param("id", shared.id())
                            .update());
            if (!isDeleted(report)) {
                jdbc.sql("insert into dataset_deleted (name, digest, created) values (:name, :digest, :created)")
                        .param("name", report.name())
                        .param("digest", report.digest())
                        .param("created", report.created().toString())
                        .update();
            }
        });
    }

    boolean isDeleted(DatasetReport report) {
        return jdbc.sql("select count(*) from dataset_deleted"
                                + " where name = :name and digest = :digest and created = :created")
                        .param("name", report.name())
                        .param("digest", report.digest())
                        .param("created", report.created().toString())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static SharedDataset dataset(ResultSet row) throws SQLException {
        byte[] report = Objects.requireNonNull(row.getString("report")).getBytes(StandardCharsets.UTF_8);
        return new SharedDataset(
                Objects.requireNonNull(row.getString("id")), DatasetReport.read(report), row.getInt("chunks"));
    }
}
