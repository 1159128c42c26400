package dev.blastscope.batching;

/**
 * How much a {@link Batcher} takes on.
 *
 * @param queue items that may wait; one more is refused
 * @param batch items that share one pass at most
 */
public record BatchingLimits(int queue, int batch) {

    public BatchingLimits {
        if (queue < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "A queue and a batch hold at least 1 item, not " + queue + " and " + batch);
        }
    }
}
