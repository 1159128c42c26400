package dev.blastscope.inference;

import dev.blastscope.refusal.Refusal;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The sender of a request for predictions.
 *
 * @param deadline how long after the request the answer is of use
 * @param disconnected whether the connection is closed; asked now and then on the thread that waits for the answer
 */
public record Client(Duration deadline, BooleanSupplier disconnected) {

    /** The client closed its connection before the answer was ready. */
    public static final class Disconnected extends Refusal {

        private static final long serialVersionUID = 1L;

        Disconnected() {
            super("client-closed-request", "The connection was closed before the answer was ready.");
        }
    }
}
