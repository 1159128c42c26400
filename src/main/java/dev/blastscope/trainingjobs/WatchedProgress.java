package dev.blastscope.trainingjobs;

import dev.blastscope.training.TrainingProgress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps how far a training is for others to look at; written on the training's thread alone. */
final class WatchedProgress implements TrainingProgress {

    private volatile @Nullable TrainingStep now;
    private String stage = "";
    private long total;
    private long began;
    private Optional<Double> trainingLoss = Optional.empty();
    private Optional<Double> validationLoss = Optional.empty();

    Optional<TrainingStep> now() {
        return Optional.ofNullable(now);
    }

    @Override
    public void begin(String name, long steps) {
        stage = name;
        total = steps;
        began = System.nanoTime();
        trainingLoss = Optional.empty();
        validationLoss = Optional.empty();
        now = new TrainingStep(stage, 0, total, trainingLoss, validationLoss, Optional.empty());
    }

    @Override
    public void losses(double training, double validation) {
        trainingLoss = finite(training);
        validationLoss = finite(validation);
    }

    @Override
    public void done(long done, String remark) {
        long left = (System.nanoTime() - began) / Math.max(1, done) * (total - done);
        now = new TrainingStep(
                stage, done, total, trainingLoss, validationLoss, Optional.of(TimeUnit.NANOSECONDS.toSeconds(left)));
    }

    private static Optional<Double> finite(double loss) {
        return Double.isFinite(loss) ? Optional.of(loss) : Optional.empty();
    }
}
