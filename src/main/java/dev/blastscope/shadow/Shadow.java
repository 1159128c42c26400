package dev.blastscope.shadow;

import dev.blastscope.audit.Actor;
import dev.blastscope.database.DatabaseThread;
import dev.blastscope.inference.ActiveModel;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.inference.ServingModel;
import dev.blastscope.refusal.Refusal;
import dev.blastscope.releases.Releases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The challenger of this replica: follows what the database says, as an admin may have asked another replica, and keeps
 * the model loaded.
 *
 * <p>A challenger ends when an admin ends it, when it becomes the active model, and when it is deleted. Safe for use by
 * any number of threads.
 */
@Component
public class Shadow implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Shadow.class);

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(30);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    /** Above the model's and below the web server's. */
    static final int PHASE = 1;

    private final ShadowRecords records;
    private final Releases releases;
    private final ActiveModel active;
    private final Actor actor;
    private Optional<DatabaseThread> thread = Optional.empty();
    private volatile Optional<Loaded> loaded = Optional.empty();
    private Optional<Challenger> unusable = Optional.empty();
    private Instant tried = Instant.EPOCH;
    private boolean outage;

    Shadow(ShadowRecords records, Releases releases, ActiveModel active, Actor actor, ShadowMetrics metrics) {
        this.records = records;
        this.releases = releases;
        this.active = active;
        this.actor = actor;
        metrics.watch(
                () -> loaded.map(each -> each.comparison().meanDifference()).orElse(Double.NaN));
    }

    /**
     * Makes a version the challenger, in place of another one.
     *
     * @param version a published version, or the embedded one
     * @param why the reason in words, for the audit trail
     * @throws Refusal if it is the active one, there is no such version, or it is damaged or cannot be served by this
     *     program
     */
    public synchronized Challenger begin(String version, String why) throws Refusal {
        if (active.current().version().equals(version)) {
            throw ShadowRefused.active(version);
        }
        Optional<Challenger> current = records.current();
        if (current.map(Challenger::version).filter(version::equals).isPresent()) {
            return current.get();
        }
        ServingModel model = releases.load(version);
        Challenger challenger = new Challenger(
                version, model.versionDigest(), CLOCK.instant().truncatedTo(ChronoUnit.MICROS), actor.name(), why);
        try {
            records.begin(challenger);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
        compare(challenger, model);
        return challenger;
    }

    /** Ends the challenger on all replicas, if there is one. */
    public synchronized void end(String why) {
        records.current().ifPresent(challenger -> end(challenger, why));
    }

    /**
     * The challenger of all replicas; this one may still be loading it.
     *
     * @throws ShadowRefused if there is none
     */
    public Challenger required() throws ShadowRefused {
        return records.current().orElseThrow(ShadowRefused::none);
    }

    /** The challenger that this replica scores with. */
    Optional<Loaded> loaded() {
        return loaded;
    }

    /** What this replica's challenger made of the images so far; empty while it is not loaded. */
    public Optional<ShadowReport> report(Challenger challenger) {
        return loaded.filter(each -> each.challenger().equals(challenger))
                .map(each -> each.comparison().report());
    }

    @Override
    public synchronized void start() {
        DatabaseThread started = new DatabaseThread("shadow-follower");
        started.start(() -> run(started));
        thread = Optional.of(started);
    }

    @Override
    public void stop() {
        Optional<DatabaseThread> running = thread;
        running.ifPresent(started -> started.close(LONGEST_STOP));
        thread = Optional.empty();
        take(Optional.empty());
    }

    @Override
    public boolean isRunning() {
        return thread.isPresent();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void run(DatabaseThread self) {
        try {
            while (self.pause(POLL)) {
                if (!active.isLoading()) {
                    follow();
                }
            }
        } catch (InterruptedException e) {
            log.debug("The challenger is not followed any more", e);
        }
    }

    // Whatever a poll throws must not end the thread.
    private void follow() {
        try {
            agree();
            outage = false;
        } catch (RuntimeException | Error e) {
            if (!outage) {
                log.warn("Cannot follow the challenger; trying on. Check the database.", e);
            }
            outage = true;
        }
    }

    private synchronized void agree() {
        Optional<Challenger> current = records.current();
        if (current.isEmpty()) {
            take(Optional.empty());
            return;
        }
        Challenger challenger = current.get();
        if (isActive(challenger)) {
            end(challenger, "It became the active model");
        } else if (!releases.exists(challenger.version())) {
            end(challenger, "It was deleted");
        } else if (loaded.filter(each -> each.challenger().equals(challenger)).isEmpty()) {
            load(challenger);
        }
    }

    private void load(Challenger challenger) {
        boolean failedBefore = unusable.equals(Optional.of(challenger));
        if (failedBefore && CLOCK.instant().isBefore(tried.plus(BEFORE_ANOTHER_TRY))) {
            return;
        }
        tried = CLOCK.instant();
        try {
            compare(challenger, releases.load(challenger.version()));
            unusable = Optional.empty();
        } catch (Refusal e) {
            take(Optional.empty());
            unusable = Optional.of(challenger);
            if (!failedBefore) {
                log.error(
                        "Cannot load the challenger {}; nothing is compared here. {}",
                        challenger.version(),
                        e.getMessage());
            }
        }
    }

    private void compare(Challenger challenger, ServingModel model) {
        take(Optional.of(new Loaded(challenger, model, new ShadowComparison())));
        log.info("Model {} is compared with the active one, by {}", challenger.version(), challenger.actor());
    }

    private void end(Challenger challenger, String why) {
        records.end(challenger, why);
        take(Optional.empty());
        log.info("Model {} is not compared with the active one any more. {}", challenger.version(), why);
    }

    private boolean isActive(Challenger challenger) {
        try {
            return active.current().version().equals(challenger.version());
        } catch (ModelNotReady e) {
            return false;
        }
    }

    private void take(Optional<Loaded> next) {
        Optional<Loaded> before = loaded;
        loaded = next;
        before.ifPresent(each -> each.model().close());
    }

    /** A challenger in memory. */
    record Loaded(Challenger challenger, ServingModel model, ShadowComparison comparison) {}
}
