package dev.blastscope.batching;

import java.time.Duration;

/**
 * The limits of a {@link Batcher}.
 *
 * @param queue maximum number of waiting items; one more is refused
 * @param batch maximum number of items in one pass
 * @param longestWait items are also refused while those before them need longer than this, however few they are: how
 *     fast the queue moves depends on what else the machine does
 */
public record BatchingLimits(int queue, int batch, Duration longestWait) {

    public BatchingLimits {
        if (queue < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "A queue and a batch hold at least 1 item, not " + queue + " and " + batch);
        }
        if (longestWait.isNegative()) {
            throw new IllegalArgumentException("The longest wait cannot be negative: " + longestWait);
        }
    }
}
