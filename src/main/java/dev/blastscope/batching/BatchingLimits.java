package dev.blastscope.batching;

import java.time.Duration;

/**
 * How much a {@link Batcher} takes on.
 *
 * @param queue items that may wait; one more is refused
 * @param batch items that share one pass at most
 * @param longestWait items are refused while those before them need longer than this; what a queue is worth depends on how
 *     fast it moves, and that on what else the machine does
 */
public record BatchingLimits(int queue, int batch, Duration longestWait) {

    public BatchingLimits {
        if (queue < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "A queue and a batch hold at least 1 item, not " + queue + " and " + batch);
        }
        if (longestWait.isNegative()) {
            throw new IllegalArgumentException("The longest wait is at least nothing, not " + longestWait);
        }
    }
}
