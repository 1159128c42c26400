package dev.blastscope.inference;

/** What became of one image of a batch. */
public sealed interface Answer {

    /** The image was diagnosed. */
    record Diagnosed(Prediction prediction) implements Answer {}

    /**
     * The image was refused.
     *
     * @param refusal an {@link dev.blastscope.image.ImageRejected} or a {@link dev.blastscope.batching.DeadlinePassed}
     */
    record Refused(Exception refusal) implements Answer {}
}
