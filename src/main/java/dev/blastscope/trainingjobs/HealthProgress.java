package dev.blastscope.trainingjobs;

import dev.blastscope.training.TrainingProgress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a training's progress in the health endpoint, and a line of it in the log now and then. */
final class HealthProgress implements TrainingProgress {

    private static final Logger log = LoggerFactory.getLogger(HealthProgress.class);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(15);

    private final Consumer<Map<String, Object>> health;
    private String stage = "";
    private long total;
    private long began;
    private long logged;

    HealthProgress(Consumer<Map<String, Object>> health) {
        this.health = health;
    }

    @Override
    public void begin(String name, long steps) {
        stage = name;
        total = steps;
        began = System.nanoTime();
        logged = began;
        show(0, "");
    }

    @Override
    public void done(long done, String remark) {
        show(done, remark);
        if (System.nanoTime() - logged > BETWEEN_LINES.toNanos()) {
            logged = System.nanoTime();
            log.info("Training, {}: {} of {}, {} left at most {}", stage, done, total, left(done), remark);
        }
    }

    private void show(long done, String remark) {
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("stage", "training: " + stage);
        progress.put("done", done);
        progress.put("total", total);
        if (done > 0) {
            progress.put("timeLeftAtMost", left(done));
        }
        if (!remark.isEmpty()) {
            progress.put("remark", remark);
        }
        health.accept(progress);
    }

    private String left(long done) {
        long nanos = (System.nanoTime() - began) / Math.max(1, done) * (total - done);
        return Duration.ofSeconds(Duration.ofNanos(nanos).toSeconds()).toString();
    }
}
