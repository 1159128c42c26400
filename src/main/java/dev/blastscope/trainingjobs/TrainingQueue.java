package dev.blastscope.trainingjobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/**
 * Hands the trainings to the nodes in the order of time, one at a time to each, and those of a dead node to another.
 *
 * <p>The queue is a table of the database that all nodes share, so that it needs no server of its own.
 */
@Component
class TrainingQueue implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TrainingQueue.class);

    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
    private static final int MISSED_HEARTBEATS = 4;

    private final DataSource source;
    private final String node;
    private final CustomTask<Void> task;
    private final SchedulerClient client;
    private final Settings settings;
    /** A scheduler that was stopped cannot be started again. */
    private volatile @Nullable Scheduler scheduler;

    TrainingQueue(DataSource source, TrainingRunner runner, TrainingRecords records, Settings settings) {
        this.source = new TransactionAwareDataSourceProxy(source);
        this.node = runner.node();
        this.settings = settings;
        this.task = Tasks.custom("training", Void.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(LATER))
                .onDeadExecution((execution, operations) -> {
                    UUID id = UUID.fromString(
                            execution.getExecution().taskInstance.getId());
                    records.requeue(id, "Its node died. The training starts again with the cached features.");
                    log.warn("The node that worked on training {} died. The training is queued again.", id);
                    operations.reschedule(execution, Instant.now());
                })
                .execute((instance, context) -> {
                    boolean ended =
                            runner.run(UUID.fromString(instance.getId()), context.getSchedulerState()::isShuttingDown);
                    return ended ? new CompletionHandler.OnCompleteRemove<Void>() : TrainingQueue.later();
                });
        this.client = SchedulerClient.Builder.create(this.source, task)
                .jdbcCustomization(new DefaultJdbcCustomization(false))
                .build();
    }

    /** Queues a training behind those that were queued before; takes part in the caller's transaction. */
    void add(UUID training, Instant when) {
        client.scheduleIfNotExists(task.instance(training.toString()), when);
    }

    /** Looks for a training now. */
    void wake() {
        Scheduler running = scheduler;
        if (running != null) {
            running.triggerCheckForDueExecutions();
        }
    }

    private static CompletionHandler<Void> later() {
        return (complete, operations) ->
                operations.reschedule(complete, Instant.now().plus(LATER));
    }

    @Override
    public void start() {
        if (settings.enabled()) {
            Scheduler starting = newScheduler();
            starting.start();
            scheduler = starting;
        }
    }

    @Override
    public void stop() {
        Scheduler stopping = scheduler;
        if (stopping != null) {
            scheduler = null;
            stopping.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }

    private Scheduler newScheduler() {
        return Scheduler.create(source, task)
                .schedulerName(new SchedulerName.Fixed(node))
                .jdbcCustomization(new DefaultJdbcCustomization(false))
                .threads(1)
                .pollingInterval(settings.poll())
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(LONGEST_STOP)
                .build();
    }

    /**
     * How a node works on the trainings that admins asked for.
     *
     * @param enabled whether this node trains; if not, it accepts trainings for other nodes
     * @param node the name of this node; the name of its host by default
     * @param poll the interval at which it looks for a training to begin
     * @param heartbeat the interval of its heartbeats; a node that missed four counts as dead, and another takes over
     * @param attempts the maximum number of times that a training is begun, if each of its nodes died
     */
    @Validated
    @ConfigurationProperties("blastscope.jobs")
    record Settings(
            @DefaultValue("true") boolean enabled,
            @Nullable String node,
            @DefaultValue("2s") Duration poll,
            @DefaultValue("5s") Duration heartbeat,
            @DefaultValue("3") @Min(1) int attempts) {}
}
