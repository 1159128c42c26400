package dev.blastscope.trainingjobs;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.blastscope.audit.Actor;
import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditTrail;
import dev.blastscope.datasetstore.Datasets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The trainings that admins asked for; what is written here, any node works off. */
@Component
public class Trainings implements Datasets.Reader {

    static final String CANCELLED = "An admin cancelled it.";

    private final TrainingRecords records;
    private final TrainingQueue queue;
    private final AuditTrail audit;
    private final Actor actor;
    private final TransactionTemplate transaction;

    Trainings(
            TrainingRecords records,
            TrainingQueue queue,
            AuditTrail audit,
            Actor actor,
            PlatformTransactionManager transactions) {
        this.records = records;
        this.queue = queue;
        this.audit = audit;
        this.actor = actor;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Queues a training, and puts that on record; all of it or nothing.
     *
     * @throws TrainingExists if the same one waits or runs already
     */
    public Training start(TrainingOrder order) throws TrainingExists {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try {
            transaction.executeWithoutResult(status -> {
                records.insert(id, order, actor.name(), now);
                queue.add(id, now);
                audit.record(
                        AuditAction.TRAINING_STARTED,
                        Map.of(
                                "training", id.toString(),
                                "mode", order.mode().name(),
                                "dataset", order.dataset(),
                                "datasetDigest", order.datasetDigest()));
            });
        } catch (DuplicateKeyException e) {
            throw new TrainingExists(records.unfinished(order).orElse(id));
        }
        queue.wake();
        return records.find(id).orElseThrow();
    }

    public Optional<Training> find(UUID id) {
        return records.find(id);
    }

    /** Newest first. */
    public List<Training> page(long offset, int limit) {
        return records.page(offset, limit);
    }

    public long count() {
        return records.count();
    }

    /** Asks a training to end; one that has ended stays as it is. */
    public void cancel(UUID id) {
        records.cancel(id);
        audit.record(AuditAction.TRAINING_CANCELLED, Map.of("training", id.toString()));
    }

    @Override
    public boolean reads(String dataset) {
        return records.anyUnfinishedOn(dataset);
    }
}
