package dev.blastscope.releases;

import dev.blastscope.database.DatabaseThread;
import dev.blastscope.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Polls the database for the active version, and makes this replica serve it.
 *
 * <p>While the database does not answer, or the version cannot be served, the current model goes on serving.
 */
@Component
class Follower implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    /** Above the model's and below the web server's. */
    private static final int PHASE = 1;

    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(30);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    /** Polls in a row: a database whose disk is full answers some between those that it cannot. */
    private static final int UNTIL_RECOVERED = 10;

    private final Releases releases;
    private final LocalModel local;
    private final ActivePointerSync home;
    private final Mirror mirror;
    private final Duration poll;
    private Optional<DatabaseThread> thread = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private boolean outage;
    private int answeredInARow;

    Follower(Releases releases, LocalModel local, ActivePointerSync home, Mirror mirror, ReleaseSettings settings) {
        this.releases = releases;
        this.local = local;
        this.home = home;
        this.mirror = mirror;
        this.poll = settings.poll();
    }

    @Override
    public synchronized void start() {
        DatabaseThread started = new DatabaseThread("model-follower");
        started.start(() -> run(started));
        thread = Optional.of(started);
    }

    @Override
    public synchronized void stop() {
        thread.ifPresent(started -> started.close(LONGEST_STOP));
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

    private void run(DatabaseThread self) {
        try {
            while (self.pause(poll)) {
                if (!local.isLoading()) {
                    ask();
                }
            }
            local.leave();
        } catch (InterruptedException | RuntimeException e) {
            log.debug("The other replicas will notice within a minute that this one has stopped", e);
        }
    }

    private void ask() {
        try {
            Optional<Activation> current = home.agree();
            if (current.isEmpty() || follow(current.get())) {
                local.report();
            }
            mirror.advance();
            if (outage && ++answeredInARow == UNTIL_RECOVERED) {
                outage = false;
                log.info("Can read the active model from the database again");
            }
        } catch (RuntimeException | Error e) {
            answeredInARow = 0;
            if (!outage) {
                outage = true;
                log.warn(
                        "Cannot read the active model from the database; still serving the current one. Check the"
                                + " database.",
                        e);
            }
        }
    }

    /** Whether this replica serves the activation's model; why it does not is logged once. */
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
                        "Cannot follow activation {} of model {}; still serving the current model, if there is one. {}",
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

        boolean stillCounts(Activation current) {
            return activation == current.id() && System.nanoTime() - nanos < BEFORE_ANOTHER_TRY.toNanos();
        }
    }
}
