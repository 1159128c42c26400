package dev.blastscope.datasetstore;

/** A data set cannot be stored under a name, because the name has another one, or is about to have it. */
public final class DatasetTaken extends Exception {

    private DatasetTaken(String message) {
        super(message, null, false, false);
    }

    /** The name has another one. */
    public static DatasetTaken withOtherContent() {
        return new DatasetTaken(
                "There is a data set of this name with other content, and data sets never change. Choose"
                        + " another name, or delete that one first.");
    }

    static DatasetTaken uploadInProgress() {
        return new DatasetTaken(
                "A data set of this name is being uploaded at this moment. Choose another name, or look at"
                        + " what it became.");
    }
}
