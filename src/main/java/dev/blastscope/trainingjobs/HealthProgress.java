package dev.blastscope.trainingjobs;

import dev.blastscope.training.TrainingProgress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the progress of a training in the health endpoint, and a line of it in the log now and then. */
final class HealthProgress implements TrainingProgress {

    private static final Logger log = LoggerFactory.getLogger(HealthProgress.class);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(15);

    private final Consumer<Map<String, Object>> health;
    private final StageTracker tracker = new StageTracker(new StageTracker.Speeds());
    private long logged;

    HealthProgress(Consumer<Map<String, Object>> health, List<Stage> stages) {
        this.health = health;
        tracker.plan(stages);
    }

    @Override
    public void begin(String stage, long total) {
        logged = System.nanoTime();
        tracker.begin(stage, total);
        tracker.now().ifPresent(now -> show(now, ""));
    }

    @Override
    public void done(long done, String remark) {
        tracker.done(done, remark);
        tracker.now().ifPresent(now -> {
            show(now, remark);
            if (System.nanoTime() - logged > BETWEEN_LINES.toNanos()) {
                logged = System.nanoTime();
                log(now, remark);
            }
        });
    }

    private static void log(Training.Progress now, String remark) {
        log.info(
                "Training, stage {} of {}, {}: {} of {}, at most {} left of the stage{} {}",
                now.stageNumber(),
                now.stageCount(),
                now.stage(),
                now.done(),
                now.total(),
                duration(now.stageSecondsLeft()),
                now.secondsLeft().isPresent() ? " and " + duration(now.secondsLeft()) + " of the training" : "",
                remark);
    }

    private void show(Training.Progress now, String remark) {
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("stage", "training: " + now.stage());
        progress.put("stageNumber", now.stageNumber());
        progress.put("stageCount", now.stageCount());
        progress.put("done", now.done());
        progress.put("total", now.total());
        now.stageSecondsLeft().ifPresent(left -> progress.put("stageSecondsLeft", left));
        now.secondsLeft().ifPresent(left -> progress.put("secondsLeft", left));
        if (!remark.isEmpty()) {
            progress.put("remark", remark);
        }
        health.accept(progress);
    }

    private static Duration duration(Optional<Long> seconds) {
        return Duration.ofSeconds(seconds.orElse(0L));
    }
}
