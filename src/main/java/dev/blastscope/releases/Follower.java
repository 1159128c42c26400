package dev.blastscope.releases;

import dev.blastscope.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Asks the database again and again which version is active, and lets this replica serve it.
 *
 * <p>While the database does not answer, or the version cannot be served, the present model goes on answering. The thread is
 * never interrupted, as an interrupt closes H2's file.
 */
@Component
class Follower implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    /** Above the model's and below the web server's. */
    private static final int PHASE = 1;

    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(30);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private final Releases releases;
    private final LocalModel local;
    private final ActivePointerSync home;
    private final Mirror mirror;
    private final Replicas replicas;
    private final ReleaseMetrics metrics;
    private final Duration poll;
    private CountDownLatch stopping = new CountDownLatch(1);
    private Optional<Thread> thread = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private boolean outage;

    Follower(
            Releases releases,
            LocalModel local,
            ActivePointerSync home,
            Mirror mirror,
            Replicas replicas,
            ReleaseMetrics metrics,
            ReleaseSettings settings) {
        this.releases = releases;
        this.local = local;
        this.home = home;
        this.mirror = mirror;
        this.replicas = replicas;
        this.metrics = metrics;
        this.poll = settings.poll();
    }

    @Override
    public synchronized void start() {
        CountDownLatch stopped = new CountDownLatch(1);
        stopping = stopped;
        Thread started = new Thread(() -> run(stopped), "model-follower");
        started.setDaemon(true);
        started.start();
        thread = Optional.of(started);
    }

    @Override
    public synchronized void stop() {
        stopping.countDown();
        try {
            if (thread.isPresent()) {
                thread.get().join(LONGEST_STOP.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = Optional.empty();
    }

    @Override
    public synchronized boolean isRunning() {
        return thread.isPresent();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void run(CountDownLatch stopped) {
        try {
            while (!stopped.await(poll.toNanos(), TimeUnit.NANOSECONDS)) {
                if (!local.isLoading()) {
                    ask();
                }
            }
            replicas.leave();
        } catch (InterruptedException | RuntimeException e) {
            log.debug("The others will notice within a minute that this replica is gone.", e);
        }
    }

    private void ask() {
        try {
            Optional<Activation> present = home.agree();
            if (present.isEmpty() || follow(present.get())) {
                local.serving().ifPresent(replicas::sign);
                metrics.agreed();
            }
            mirror.advance();
            if (outage) {
                outage = false;
                log.info("The database answers again which model is active.");
            }
        } catch (RuntimeException | Error e) {
            if (!outage) {
                outage = true;
                log.warn(
                        "It cannot be found out which model is active; the present one goes on answering. Check the"
                                + " database.",
                        e);
            }
        }
    }

    /** Whether this replica serves what the activation says; what keeps it from that is told once. */
    private boolean follow(Activation activation) {
        if (failure.filter(failed -> failed.stillCounts(activation)).isPresent()) {
            return false;
        }
        try {
            boolean followed = releases.follow(activation);
            failure = Optional.empty();
            return followed;
        } catch (Refusal e) {
            if (failure.filter(failed -> failed.activation() == activation.id()).isEmpty()) {
                log.error(
                        "Activation {} of model {} cannot be followed; the present model goes on answering, if there is"
                                + " one. {}",
                        activation.id(),
                        activation.version(),
                        e.getMessage());
            }
            failure = Optional.of(new Failure(activation.id(), System.nanoTime()));
            return false;
        }
    }

    /** An activation that could not be followed, and when. */
    private record Failure(long activation, long nanos) {

        boolean stillCounts(Activation present) {
            return activation == present.id() && System.nanoTime() - nanos < BEFORE_ANOTHER_TRY.toNanos();
        }
    }
}
