package dev.blastscope.audit;

import dev.blastscope.home.HomeSpace;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down while predictions cannot be recorded, since they are refused then. It attempts to write when it is asked and
 * nothing was written lately, so that it is up again as soon as the database is.
 *
 * <p>Always up where predictions are not recorded before they are answered.
 */
@Component("auditHealthIndicator")
final class AuditReadiness implements HealthIndicator {

    private static final Duration FRESH = Duration.ofSeconds(10);

    /** Shorter than the timeout of a probe. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    /** After a failure, as anyone may ask as often as they like. */
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

    private final AuditWriter writer;
    private final HomeSpace space;
    private final boolean needed;
    private final Lock lock = new ReentrantLock();
    private long attemptedAt = System.nanoTime() - BETWEEN_ATTEMPTS.toNanos();
    private boolean written;

    AuditReadiness(AuditWriter writer, HomeSpace space, AuditSettings settings) {
        this.writer = writer;
        this.space = space;
        this.needed = settings.predictions() == Durability.DURABLE;
    }

    @Override
    public Health health() {
        if (!needed) {
            return Health.up().build();
        }
        // On a full disk the database still writes now and then what fits into its file.
        if (space.isTooLittleForTheDatabase()) {
            return down("The disk of the home folder is full, so that predictions cannot be recorded and are refused."
                    + " Make room on it.");
        }
        return isWritable()
                ? Health.up().build()
                : down("The audit trail cannot be written, so that predictions are refused. The log has the cause.");
    }

    private static Health down(String reason) {
        return Health.down().withDetail("reason", reason).build();
    }

    private boolean isWritable() {
        if (writer.hasWritten(FRESH)) {
            return true;
        }
        lock.lock();
        try {
            if (written || System.nanoTime() - attemptedAt >= BETWEEN_ATTEMPTS.toNanos()) {
                written = writer.canWrite(MAX_WAIT);
                attemptedAt = System.nanoTime();
            }
            return written;
        } finally {
            lock.unlock();
        }
    }
}
