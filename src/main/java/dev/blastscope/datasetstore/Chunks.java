package dev.blastscope.datasetstore;

import java.util.Objects;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The chunks of shared data sets in the database, each with its SHA-256. */
@Component
class Chunks {

    /** Half of what H2 takes as one value. */
    static final int SIZE = 512 * 1024;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Chunks(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Adds a chunk to a data set that has no name yet, and signs that its maker lives. */
    void add(String dataset, int part, byte[] content) {
        transaction.executeWithoutResult(status -> {
            int signed = jdbc.sql("update dataset set signed_at = current_timestamp where id = :dataset")
                    .param("dataset", dataset)
                    .update();
            if (signed == 0) {
                throw new IllegalStateException(
                        "The upload stood still for so long that it was taken for dead. Send it again.");
            }
            jdbc.sql("insert into dataset_chunk (dataset, part, sha256, content)"
                            + " values (:dataset, :part, :sha256, :content)")
                    .param("dataset", dataset)
                    .param("part", part)
                    .param("sha256", DigestUtils.sha256Hex(content))
                    .param("content", content)
                    .update();
        });
    }

    /** A chunk; empty if it is missing or is not what was added. */
    Optional<byte[]> find(String dataset, int part) {
        return jdbc.sql("select sha256, content from dataset_chunk where dataset = :dataset and part = :part")
                .param("dataset", dataset)
                .param("part", part)
                .query((row, number) -> {
                    byte[] content = Objects.requireNonNull(row.getBytes("content"));
                    return DigestUtils.sha256Hex(content).equals(row.getString("sha256")) ? content : new byte[0];
                })
                .optional()
                .filter(content -> content.length > 0);
    }
}
