package dev.blastscope.inference;

import dev.blastscope.refusal.Refusal;

/** A model that cannot be served; the message says why and what to do. */
public final class UnusableModel extends Refusal {

    private static final long serialVersionUID = 1L;

    private static final String CODE = "unusable-model";

    UnusableModel(String message) {
        super(CODE, message);
    }

    /** Says what the cause says. */
    public UnusableModel(Exception cause) {
        super(CODE, String.valueOf(cause.getMessage()), cause);
    }
}
