package dev.blastscope.datasetstore;

import dev.blastscope.home.Staging;
import java.io.IOException;
import java.io.OutputStream;

/** A data set of a store that was taken in and checked, and that nobody sees before it gets its name. */
public final class UnnamedDataset {

    private final Staging staging;
    private final DatasetReport report;

    UnnamedDataset(Staging staging, DatasetReport report) {
        this.staging = staging;
        this.report = report;
    }

    public DatasetReport report() {
        return report;
    }

    /** Writes all its files as one stream, for {@link DatasetStore#receive}. */
    public void pack(OutputStream out) throws IOException {
        PackedDataset.write(staging.folder(), out);
    }

    /**
     * Gives it the name of its report, all at once, with every byte on the disk.
     *
     * @return false if the store has another of that name
     */
    public boolean publish() throws IOException {
        return staging.publishAs(report.name());
    }
}
