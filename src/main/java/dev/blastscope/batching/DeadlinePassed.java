package dev.blastscope.batching;

/** A deadline passed before the answer came. */
public final class DeadlinePassed extends Exception {

    private static final long serialVersionUID = 1L;

    public DeadlinePassed() {
        super(
                "The deadline passed before the answer came. Allow more time, or try again when fewer images wait.",
                null,
                false,
                false);
    }
}
