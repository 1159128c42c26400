package dev.blastscope.datasetstore;

import dev.blastscope.refusal.Refusal;

/** A request for a data set that a rule of the store forbids; the message names the rule and the way out. */
public final class DatasetRefused extends Refusal {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private DatasetRefused(Reason reason, String message) {
        super(reason.code(), message);
        this.reason = reason;
    }

    static DatasetRefused noSuchDataset() {
        return new DatasetRefused(
                Reason.NO_SUCH_DATASET, "There is no data set of this name. List the data sets to see their names.");
    }

    static DatasetRefused otherContent() {
        return new DatasetRefused(
                Reason.DATASET_TAKEN,
                "There is a data set of this name with other content, and data sets never change. Choose another name, or"
                        + " delete that one first.");
    }

    static DatasetRefused uploadInProgress() {
        return new DatasetRefused(
                Reason.DATASET_TAKEN,
                "A data set of this name is being uploaded. Choose another name, or wait and look at that one.");
    }

    static DatasetRefused diskFull() {
        return insufficientStorage("The disk");
    }

    static DatasetRefused databaseFull() {
        return insufficientStorage("The database");
    }

    private static DatasetRefused insufficientStorage(String where) {
        return new DatasetRefused(
                Reason.INSUFFICIENT_STORAGE,
                where
                        + " has too little free space for this data set, and nothing was stored. Delete data sets that are"
                        + " no longer needed, or ask the operator for more space.");
    }

    /** @param because what is wrong with the data set, in a clause */
    static DatasetRefused damaged(String dataset, String because) {
        return new DatasetRefused(
                Reason.DAMAGED_DATASET,
                "Data set " + dataset + " cannot be used, because " + because
                        + ". Delete it and upload it again; models that were trained on it stay.");
    }

    /** A training reads the data set. */
    public static DatasetRefused inUse() {
        return new DatasetRefused(
                Reason.DATASET_IN_USE,
                "A training reads this data set. Wait until it has ended, or cancel it, and then delete the data set.");
    }

    static DatasetRefused invalidName() {
        return new DatasetRefused(
                Reason.INVALID_DATASET_NAME,
                "The name of a data set has 1 to 64 lower-case letters, digits and dashes. Choose such a name.");
    }

    public Reason reason() {
        return reason;
    }

    /** The rules, each with its code. */
    public enum Reason {
        NO_SUCH_DATASET("no-such-dataset"),
        DATASET_TAKEN("dataset-taken"),
        INSUFFICIENT_STORAGE("insufficient-storage"),
        DAMAGED_DATASET("damaged-dataset"),
        DATASET_IN_USE("dataset-in-use"),
        INVALID_DATASET_NAME("invalid-dataset-name");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
