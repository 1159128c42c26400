package dev.blastscope.dataset;

/** Says why a data set as a whole cannot be used; the message names the rule broken and how to mend it. */
public final class DatasetRejected extends Exception {

    public DatasetRejected(String message) {
        super(message);
    }

    DatasetRejected(String message, Throwable cause) {
        super(message, cause);
    }
}
