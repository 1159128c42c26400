package dev.blastscope.predictionlog;

import io.swagger.v3.oas.annotations.media.Schema;

/** The comparison of a recorded prediction with a repetition of it. */
@Schema(description = "The comparison of a recorded prediction with a repetition of it")
public record Replay(
        @Schema(description = "Number of the record", example = "17")
        long sequence,

        @Schema(description = "Whether the outcomes are equal and no probability differs by more than the tolerance")
        boolean same,

        @Schema(description = "The prediction as it was recorded")
        RecordedPrediction recorded,

        @Schema(description = "The prediction of the same model for the same image now")
        RecordedPrediction replayed,

        @Schema(description = "The largest difference between two probabilities of the same class", example = "1.2e-7")
        double largestDifference,

        @Schema(
                description =
                        "How much engines, devices and the other images of a forward pass may change a probability",
                example = "0.0001")
        double tolerance) {

    /** The engines agree to 1e-5 in the features, and in the probabilities to this. */
    static final double TOLERANCE = 1e-4;

    static Replay of(long sequence, RecordedPrediction recorded, RecordedPrediction replayed) {
        double difference = recorded.distanceTo(replayed);
        return new Replay(
                sequence,
                recorded.outcome() == replayed.outcome() && difference <= TOLERANCE,
                recorded,
                replayed,
                difference,
                TOLERANCE);
    }
}
