package dev.blastscope.dataset;

/** The disk is full, or would be fuller than the operator allows. */
public final class NoRoom extends Exception {

    NoRoom() {
        super(
                "The disk has no room for this data set, and nothing of it was stored. Delete data sets that are no longer"
                        + " needed, or let the operator make room.",
                null,
                false,
                false);
    }
}
