package dev.blastscope.datasetstore;

import java.io.IOException;

/** What was brought of a data set is not what was uploaded; the message names the data set and the way out. */
public final class DamagedDataset extends IOException {

    private static final long serialVersionUID = 1L;

    /** Tells what is wrong with the data set, in a clause that goes on behind "because". */
    public DamagedDataset(String dataset, String because) {
        super("Data set " + dataset + " cannot be used, because " + because
                + ". Delete it and upload it again; models that were trained on it stay.");
    }
}
