package dev.blastscope.datasetstore;

/** A disk is full, or would be fuller than the operator allows. */
public final class NoRoom extends Exception {

    private static final long serialVersionUID = 1L;

    private NoRoom(String where) {
        super(
                where
                        + " has no room for this data set, and nothing of it was stored. Delete data sets that are no longer"
                        + " needed, or let the operator make room.",
                null,
                false,
                false);
    }

    static NoRoom onDisk() {
        return new NoRoom("The disk");
    }

    /** There is none where replicas share it. */
    public static NoRoom inDatabase() {
        return new NoRoom("The database");
    }
}
