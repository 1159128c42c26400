package dev.blastscope.predictionlog;

/**
 * A recorded decision, and the same made again.
 *
 * @param sequence the record's number
 * @param same whether the outcomes are equal and no probability differs by more than the tolerance
 * @param recorded what was answered then
 * @param replayed what the same model says of the same image now
 * @param largestDifference between two probabilities of the same answer
 * @param tolerance what engines, devices and the company in a forward pass may change of a probability
 */
public record Replay(
        long sequence,
        boolean same,
        RecordedPrediction recorded,
        RecordedPrediction replayed,
        double largestDifference,
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
