package dev.blastscope.audit;

import dev.blastscope.audit.AuditRecord.Entry;
import dev.blastscope.database.DatabaseThread;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The one thread that appends: entries that arrive while it commits go into its next transaction together, so that many
 * requests share one wait for the disk.
 *
 * <p>While the database fails, durable entries are refused at once, and buffered ones are kept and tried again, so that
 * they are lost only with the process.
 */
@Component
class AuditWriter implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(AuditWriter.class);

    private static final int MAX_WAITING = 8_192;
    private static final int MAX_AT_ONCE = 256;
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(1);
    private static final Duration MAX_STOP = Duration.ofSeconds(20);

    /** Without failures: on a full disk some commits succeed between those that fail. */
    private static final Duration UNTIL_RECOVERED = Duration.ofSeconds(10);

    private static final Job STOP = new Job(List.of(), false);

    private final AuditChain chain;
    private final Counter failures;
    private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final DatabaseThread thread = new DatabaseThread("audit-writer");
    private volatile boolean stopping;
    private volatile long committedAt;
    private volatile boolean writable;
    private long failedAt;
    private boolean outage;

    AuditWriter(AuditChain chain, MeterRegistry registry) {
        this.chain = chain;
        this.failures = Counter.builder("blastscope.audit.failures")
                .description("Failed attempts to write to the audit trail")
                .register(registry);
        thread.start(this::run);
    }

    /**
     * Appends entries and returns once all of them are committed.
     *
     * @throws AuditUnavailable if that failed; then nothing of it is recorded, unless the connection broke during the
     *     commit
     */
    void append(List<Entry> entries) {
        Job job = new Job(entries, true);
        offer(job);
        try {
            job.committed.get(MAX_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new AuditUnavailable(e);
        } catch (TimeoutException e) {
            failures.increment();
            job.committed.cancel(false);
            throw new AuditUnavailable(e);
        } catch (InterruptedException e) {
            job.committed.cancel(false);
            Thread.currentThread().interrupt();
            throw new AuditUnavailable(e);
        }
    }

    /**
     * Appends entries within moments, without waiting for it.
     *
     * @throws AuditUnavailable if too many entries are waiting already
     */
    void appendSoon(List<Entry> entries) {
        offer(new Job(entries, false));
    }

    /** Whether the last attempt to write succeeded, and not longer ago than this. */
    boolean hasWritten(Duration within) {
        return writable && System.nanoTime() - committedAt < within.toNanos();
    }

    /** Attempts to write, without recording anything; whether that succeeded in time. */
    boolean canWrite(Duration maxWait) {
        Job attempt = new Job(List.of(), true);
        if (stopping || !queue.offer(attempt)) {
            return false;
        }
        try {
            attempt.committed.get(maxWait.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            attempt.committed.cancel(false);
            return false;
        } catch (InterruptedException e) {
            attempt.committed.cancel(false);
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Commits the waiting entries. */
    @Override
    public void destroy() throws InterruptedException {
        stopping = true;
        queue.put(STOP);
        thread.close(MAX_STOP);
    }

    private void offer(Job job) {
        if (stopping || !queue.offer(job)) {
            failures.increment();
            throw new AuditUnavailable(null);
        }
    }

    private void run() {
        List<Job> jobs = new ArrayList<>();
        boolean refused = false;
        try {
            while (!jobs.contains(STOP)) {
                if (refused) {
                    Thread.sleep(BEFORE_RETRY.toMillis());
                } else {
                    jobs.add(queue.take());
                }
                queue.drainTo(jobs, MAX_AT_ONCE);
                refused = !commit(jobs);
            }
        } catch (InterruptedException e) {
            log.error("The writer of the audit trail was interrupted; nothing more can be recorded.", e);
        }
    }

    /** Empties the list, except for jobs to try again. */
    private boolean commit(List<Job> jobs) {
        jobs.removeIf(job -> job.committed.isCancelled());
        List<Entry> entries = jobs.stream().flatMap(job -> job.entries.stream()).toList();
        try {
            if (!entries.isEmpty()) {
                chain.append(entries);
                succeeded();
            } else if (jobs.stream().anyMatch(job -> job.awaited)) {
                chain.touch();
                succeeded();
            }
            jobs.forEach(job -> job.committed.complete(null));
            jobs.removeIf(job -> job != STOP);
            return true;
        } catch (RuntimeException e) {
            failed();
            jobs.forEach(job -> job.committed.completeExceptionally(e));
            jobs.removeIf(job -> job.awaited);
            log.error(
                    "Could not write {} records to the audit trail. {} of them will be tried again; the requests of the others"
                            + " were refused. Check the database.",
                    entries.size(),
                    jobs.stream().mapToInt(job -> job.entries.size()).sum(),
                    e);
            return false;
        }
    }

    private void succeeded() {
        committedAt = System.nanoTime();
        writable = true;
        if (outage && committedAt - failedAt > UNTIL_RECOVERED.toNanos()) {
            outage = false;
            log.info("The audit trail can be written again.");
        }
    }

    private void failed() {
        failures.increment();
        failedAt = System.nanoTime();
        writable = false;
        outage = true;
    }

    /** Entries to write, and whether a request waits for them. */
    private static final class Job {

        private final List<Entry> entries;
        private final boolean awaited;
        private final CompletableFuture<Void> committed = new CompletableFuture<>();

        Job(List<Entry> entries, boolean awaited) {
            this.entries = List.copyOf(entries);
            this.awaited = awaited;
        }
    }
}
