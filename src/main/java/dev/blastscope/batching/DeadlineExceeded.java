package dev.blastscope.batching;

/** A deadline passed before the answer came. */
public final class DeadlineExceeded extends Exception {

    private static final long serialVersionUID = 1L;

    public DeadlineExceeded() {
        super(
                "The deadline passed before the answer came. Allow more time, or try again when fewer images wait.",
                null,
                false,
                false);
    }
}
