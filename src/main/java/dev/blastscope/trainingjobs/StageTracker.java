package dev.blastscope.trainingjobs;

import dev.blastscope.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps in which of its stages a training is and how far; written on the training's thread alone, and read on any.
 *
 * <p>The time left of the whole job is an upper bound: the running stage goes on at its own speed, and each stage to
 * come takes as long as the slowest of its kind did, in this training or, if there was none, in the last one on this
 * node. It is not given before every kind of stage to come was timed.
 */
final class StageTracker implements TrainingProgress {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Speeds speeds;
    private final LongSupplier nanoTime;
    private final List<Stage> plan = new ArrayList<>();
    private final Speeds here = new Speeds();
    private int current = -1;
    private long images;
    private long done;
    private long began;
    private Optional<Double> trainingLoss = Optional.empty();
    private Optional<Double> validationLoss = Optional.empty();
    private volatile Optional<Training.Progress> now = Optional.empty();

    /** @param speeds of the trainings before on this node; grows by those of this one */
    StageTracker(Speeds speeds) {
        this(speeds, System::nanoTime);
    }

    StageTracker(Speeds speeds, LongSupplier nanoTime) {
        this.speeds = speeds;
        this.nanoTime = nanoTime;
    }

    Optional<Training.Progress> now() {
        return now;
    }

    /** Expects these stages, in this order; called before the first begins. */
    void plan(List<Stage> stages) {
        plan.addAll(stages);
    }

    @Override
    public void begin(String name, long steps) {
        leave();
        current = place(name, steps);
        if (name.equals(FEATURES)) {
            images = steps;
        }
        done = 0;
        began = nanoTime.getAsLong();
        trainingLoss = Optional.empty();
        validationLoss = Optional.empty();
        show();
    }

    @Override
    public void losses(double training, double validation) {
        trainingLoss = finite(training);
        validationLoss = finite(validation);
    }

    @Override
    public void done(long steps, String remark) {
        done = steps;
        show();
    }

    /** The next stage of this name; those before it were skipped, as their results are cached. */
    private int place(String name, long steps) {
        for (int i = current + 1; i < plan.size(); i++) {
            if (plan.get(i).name().equals(name)) {
                plan.set(i, new Stage(name, steps, plan.get(i).epochs()));
                return i;
            }
        }
        plan.add(current + 1, new Stage(name, steps, false));
        return current + 1;
    }

    /**
     * What happens between the last step of a stage and the next stage, such as an evaluation, counts as the stage's.
     */
    private void leave() {
        if (done > 0) {
            Stage stage = plan.get(current);
            double speed = secondsPerStep() / size(stage);
            here.slower(stage.name(), speed);
            speeds.put(stage.name(), speed);
        }
    }

    private void show() {
        Stage stage = plan.get(current);
        OptionalDouble ofStage = done == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(secondsPerStep() * Math.max(0, stage.steps() - done));
        now = Optional.of(new Training.Progress(
                stage.name(),
                current + 1,
                plan.size(),
                done,
                stage.steps(),
                trainingLoss,
                validationLoss,
                whole(ofStage),
                whole(ofStage.isPresent() ? ofJob(ofStage.getAsDouble()) : OptionalDouble.empty())));
    }

    private OptionalDouble ofJob(double ofStage) {
        double left = ofStage;
        for (Stage stage : plan.subList(current + 1, plan.size())) {
            long steps = stage.name().equals(FEATURES) ? images : stage.steps();
            OptionalDouble speed = speed(stage.name());
            if (steps == 0 || speed.isEmpty()) {
                return OptionalDouble.empty();
            }
            left += speed.getAsDouble() * size(stage) * steps;
        }
        return OptionalDouble.of(left);
    }

    private OptionalDouble speed(String name) {
        Stage running = plan.get(current);
        OptionalDouble before = here.get(name);
        if (running.name().equals(name) && done > 0) {
            return OptionalDouble.of(Math.max(secondsPerStep() / size(running), before.orElse(0)));
        }
        return before.isPresent() ? before : speeds.get(name);
    }

    private double secondsPerStep() {
        return (nanoTime.getAsLong() - began) / NANOS / done;
    }

    /** An epoch takes longer with more images; any other step is one image or piece. */
    private double size(Stage stage) {
        return stage.epochs() ? Math.max(1, images) : 1;
    }

    private static Optional<Long> whole(OptionalDouble seconds) {
        return seconds.isPresent() ? Optional.of(Math.round(seconds.getAsDouble())) : Optional.empty();
    }

    private static Optional<Double> finite(double loss) {
        return Double.isFinite(loss) ? Optional.of(loss) : Optional.empty();
    }

    /** Seconds that a step took, by the kind of stage; of an epoch, per image. */
    static final class Speeds {

        private final Map<String, Double> seconds = new ConcurrentHashMap<>();

        private void put(String stage, double speed) {
            seconds.put(stage, speed);
        }

        private void slower(String stage, double speed) {
            seconds.merge(stage, speed, Math::max);
        }

        private OptionalDouble get(String stage) {
            Double speed = seconds.get(stage);
            return speed == null ? OptionalDouble.empty() : OptionalDouble.of(speed);
        }
    }
}
