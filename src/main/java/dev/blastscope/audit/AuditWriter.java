package dev.blastscope.audit;

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
 * The one thread that appends: whatever gathers while it commits goes into its next transaction, so that many callers share
 * one wait for the disk.
 *
 * <p>While the database refuses, those who wait are told so at
 * once, and what nobody waits for is kept and tried again, so that it is lost with the process only.
 */
@Component
class AuditWriter implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(AuditWriter.class);

    private static final int MOST_WAITING = 8_192;
    private static final int MOST_AT_ONCE = 256;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private static final Job STOP = new Job(List.of(), false);

    private final AuditChain chain;
    private final Counter failures;
    private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final DatabaseThread thread = new DatabaseThread("audit-writer");
    private volatile boolean stopping;

    AuditWriter(AuditChain chain, MeterRegistry registry) {
        this.chain = chain;
        this.failures = Counter.builder("blastscope.audit.failures")
                .description("Times that the audit trail could not be written, each try counted")
                .register(registry);
        thread.start(this::run);
    }

    /**
     * Appends and returns once all of it is committed.
     *
     * @throws AuditUnavailable if it could not be; then none of it is on record, unless the database broke off while it
     *     committed
     */
    void append(List<Entry> entries) {
        Job job = new Job(entries, true);
        offer(job);
        try {
            job.committed.get(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
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
     * Appends within moments, and does not wait for it.
     *
     * @throws AuditUnavailable if so much waits already that this would be lost
     */
    void appendSoon(List<Entry> entries) {
        offer(new Job(entries, false));
    }

    /** Commits what waits. */
    @Override
    public void destroy() throws InterruptedException {
        stopping = true;
        queue.put(STOP);
        thread.close(LONGEST_STOP);
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
                    Thread.sleep(BEFORE_ANOTHER_TRY.toMillis());
                } else {
                    jobs.add(queue.take());
                }
                queue.drainTo(jobs, MOST_AT_ONCE);
                refused = !commit(jobs);
            }
        } catch (InterruptedException e) {
            log.error("The audit trail's writer was interrupted; nothing more can be recorded.", e);
        }
    }

    /** Empties the list, but for what must be tried again. */
    private boolean commit(List<Job> jobs) {
        jobs.removeIf(job -> job.committed.isCancelled());
        List<Entry> entries = jobs.stream().flatMap(job -> job.entries.stream()).toList();
        try {
            if (!entries.isEmpty()) {
                chain.append(entries);
            }
            jobs.forEach(job -> job.committed.complete(null));
            jobs.removeIf(job -> job != STOP);
            return true;
        } catch (RuntimeException e) {
            failures.increment();
            jobs.forEach(job -> job.committed.completeExceptionally(e));
            jobs.removeIf(job -> job.awaited);
            log.error(
                    "{} records could not be written to the audit trail. {} of them will be tried again; whoever waited for"
                            + " the others was refused. Check the database.",
                    entries.size(),
                    jobs.stream().mapToInt(job -> job.entries.size()).sum(),
                    e);
            return false;
        }
    }

    /** Entries on their way, and whether somebody waits for them. */
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
