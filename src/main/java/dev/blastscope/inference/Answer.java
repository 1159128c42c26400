package dev.blastscope.inference;

/** What became of one image of a batch. */
public sealed interface Answer {

    /** The image was diagnosed. */
    record Diagnosed(ImagePrediction prediction) implements Answer {}

    /**
     * The image was refused.
     *
     * @param refusal an {@link dev.blastscope.image.ImageRejected} or a {@link dev.blastscope.batching.DeadlineExceeded}
     */
    record Refused(Exception refusal) implements Answer {}
}
