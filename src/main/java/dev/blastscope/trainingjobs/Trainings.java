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
import org.springframework.transaction.support.TransactionOperations;

/** The trainings that admins asked for; any node works on them. */
@Component
public class Trainings implements Datasets.Reader {

    static final String CANCELLED = "Cancelled by an admin.";

    private final TrainingRecords records;
    private final TrainingQueue queue;
    private final AuditTrail audit;
    private final Actor actor;
    private final TransactionOperations transactions;

    Trainings(
            TrainingRecords records,
            TrainingQueue queue,
            AuditTrail audit,
            Actor actor,
            TransactionOperations transactions) {
        this.records = records;
        this.queue = queue;
        this.audit = audit;
        this.actor = actor;
        this.transactions = transactions;
    }

    /**
     * Queues a training and records that in the audit trail, in one transaction.
     *
     * @throws TrainingRefused if the same one is queued or running
     */
    public Training start(Training.Order order) throws TrainingRefused {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try {
            transactions.executeWithoutResult(status -> {
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
            throw TrainingRefused.exists(records.unfinished(order).orElse(id));
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

    /**
     * Asks a training to end.
     *
     * @return the training, which may run for a moment more
     * @throws TrainingRefused if there is none with this id, or it has ended
     */
    public Training cancel(UUID id) throws TrainingRefused {
        if (records.find(id).orElseThrow(TrainingRefused::notFound).state().isEnd()) {
            throw TrainingRefused.ended();
        }
        records.cancel(id);
        audit.record(AuditAction.TRAINING_CANCELLED, Map.of("training", id.toString()));
        return records.find(id).orElseThrow(TrainingRefused::notFound);
    }

    @Override
    public boolean reads(String dataset) {
        return records.anyUnfinishedOn(dataset);
    }
}
