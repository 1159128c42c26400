package dev.blastscope.datasetstore;

/** No data set of the store has the name that was asked for. */
public final class NoSuchDataset extends Exception {

    public NoSuchDataset() {
        super("There is no data set of this name. The list of data sets shows which there are.", null, false, false);
    }
}
