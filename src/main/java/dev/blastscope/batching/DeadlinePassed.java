package dev.blastscope.batching;

/** An item's deadline passed before its turn came; it was not computed. */
public final class DeadlinePassed extends Exception {

    private static final long serialVersionUID = 1L;

    DeadlinePassed() {
        super("The deadline passed before the image's turn came.", null, false, false);
    }
}
