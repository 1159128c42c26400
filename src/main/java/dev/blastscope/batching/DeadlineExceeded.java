package dev.blastscope.batching;

import dev.blastscope.refusal.Refusal;

/** The deadline of a request passed before its answer was ready. */
public final class DeadlineExceeded extends Refusal {

    private static final long serialVersionUID = 1L;

    public DeadlineExceeded() {
        super(
                "deadline-exceeded",
                "The deadline passed before the answer was ready. Allow more time, or try again when fewer images wait.");
    }
}
