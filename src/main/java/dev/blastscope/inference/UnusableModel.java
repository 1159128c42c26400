package dev.blastscope.inference;

/** A model that cannot be served; the message says why and what to do. */
public final class UnusableModel extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableModel(String message) {
        super(message);
    }

    /** Says what the cause says. */
    public UnusableModel(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
