package dev.blastscope.trainingjobs;

/** Where a training job is in its life. */
public enum TrainingState {
    /** Waits for a node. */
    QUEUED,
    /** A node works on it. */
    RUNNING,
    /** A model was trained, published and judged. */
    SUCCEEDED,
    /** It cannot be done; the reason says why. */
    FAILED,
    /** An admin ended it. */
    CANCELLED,
    /** The nodes that worked on it died, too often to try again. */
    INTERRUPTED;

    public boolean isEnd() {
        return this != QUEUED && this != RUNNING;
    }
}
