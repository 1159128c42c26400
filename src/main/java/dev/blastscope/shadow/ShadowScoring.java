package dev.blastscope.shadow;

import dev.blastscope.inference.ImagePrediction;
import dev.blastscope.inference.Predictor;
import dev.blastscope.review.ReviewedPrediction;
import dev.blastscope.shadow.Shadow.Loaded;
import dev.blastscope.shadow.ShadowMetrics.Dropped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Scores answered images with the challenger, on a thread of its own that gives way: it scores one image at a time,
 * only while no client's image waits, and rests after each as long as it worked. What it cannot keep up with is
 * dropped.
 */
@Component
final class ShadowScoring implements Predictor.Listener, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ShadowScoring.class);

    /** Of 150 kB each. */
    private static final int QUEUE = 64;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private final Shadow shadow;
    /** Asked for late, as the predictor has its listeners first. */
    private final ObjectProvider<Predictor> predictor;

    private final ShadowMetrics metrics;
    private final BlockingQueue<ImagePrediction> queue = new ArrayBlockingQueue<>(QUEUE);
    private volatile boolean running;
    private Thread thread = new Thread(this::run, "shadow-scoring");
    private boolean failing;

    ShadowScoring(Shadow shadow, ObjectProvider<Predictor> predictor, ShadowMetrics metrics) {
        this.shadow = shadow;
        this.predictor = predictor;
        this.metrics = metrics;
    }

    @Override
    public void predicted(List<ImagePrediction> predictions) {
        if (shadow.loaded().isPresent()) {
            for (ImagePrediction prediction : predictions) {
                if (!queue.offer(prediction)) {
                    metrics.drop(Dropped.QUEUE_FULL);
                }
            }
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = new Thread(this::run, "shadow-scoring");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void stop() {
        running = false;
        try {
            thread.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopped before the challenger is closed. */
    @Override
    public int getPhase() {
        return Shadow.PHASE + 1;
    }

    private void run() {
        try {
            while (running) {
                ImagePrediction next = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                Loaded challenger = shadow.loaded().orElse(null);
                if (next != null && challenger != null) {
                    score(challenger, next);
                }
            }
        } catch (InterruptedException e) {
            log.debug("The challenger does not score any more", e);
        }
    }

    // Whatever a pass throws must not end the thread.
    private void score(Loaded challenger, ImagePrediction answered) throws InterruptedException {
        if (!awaitIdle()) {
            metrics.drop(Dropped.BUSY);
            return;
        }
        long start = System.nanoTime();
        try {
            ReviewedPrediction scored =
                    challenger.model().predict(List.of(answered.image())).get(0);
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            challenger.comparison().add(answered, scored);
            metrics.count(answered.reviewed().outcome(), scored.outcome(), duration);
            failing = false;
            Thread.sleep(duration.toMillis());
        } catch (RuntimeException | Error e) {
            metrics.drop(Dropped.FAILED);
            // A challenger that was just replaced is closed.
            if (!failing && shadow.loaded().filter(challenger::equals).isPresent()) {
                log.warn(
                        "The challenger {} fails, which no client notices. End it, or look at its card.",
                        challenger.challenger().version(),
                        e);
                failing = true;
            }
        }
    }

    private boolean awaitIdle() throws InterruptedException {
        long start = System.nanoTime();
        while (predictor.getObject().waiting() > 0) {
            if (!running || System.nanoTime() - start > LONGEST_WAIT.toNanos()) {
                return false;
            }
            Thread.sleep(LOOK.toMillis());
        }
        return true;
    }
}
