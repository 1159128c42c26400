package dev.blastscope.datasetstore;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Brings the files of data sets into the database and from there to this node. */
@Component
class SharedFiles {

    /** PostgreSQL's disk is full. */
    private static final String DISK_FULL = "53100";

    private final SharedRows rows;

    SharedFiles(SharedRows rows) {
        this.rows = rows;
    }

    /**
     * Shares a data set, which all replicas see when this returns.
     *
     * @return false if its name was given to another, or it was deleted, meanwhile
     * @throws DatasetRefused if the database's disk is full
     */
    boolean add(DatasetReport report, Packing packing) throws IOException, DatasetRefused {
        String id = rows.begin(report);
        boolean complete = false;
        try {
            ChunkWriter writer = new ChunkWriter(rows, id);
            packing.pack(writer);
            complete = rows.complete(id, report, writer.finish());
            return complete;
        } catch (DataAccessException e) {
            if (isDiskFull(e)) {
                throw DatasetRefused.databaseFull();
            }
            throw e;
        } finally {
            if (!complete) {
                rows.discard(id);
            }
        }
    }

    /** Brings a data set into the store of this node, which has none of its name, and returns its folder there. */
    Path fetch(SharedDataset dataset, DatasetStore store, Datasets.Progress progress) throws DatasetRefused {
        try (ChunkReader reader = new ChunkReader(rows, dataset, progress)) {
            return store.receive(dataset.report(), reader);
        }
    }

    private static boolean isDiskFull(DataAccessException e) {
        return NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException refusal
                && DISK_FULL.equals(refusal.getSQLState());
    }

    /** Writes the files of a data set as one stream. */
    interface Packing {

        void pack(OutputStream out) throws IOException;
    }
}
