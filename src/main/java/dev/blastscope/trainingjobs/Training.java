package dev.blastscope.trainingjobs;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A training job as it stands in the database, the same for every node.
 *
 * @param startedBy who asked for it
 * @param created when it was asked for
 * @param cancelled whether an admin wants it to end
 * @param attempts how often a node began with it
 * @param node which one did last
 * @param revision grows with each change
 * @param reason for people: why it waits, failed or was ended
 * @param version under which its model was published
 * @param activated whether that became active by it
 */
public record Training(
        UUID id,
        TrainingOrder order,
        String startedBy,
        Instant created,
        TrainingState state,
        boolean cancelled,
        int attempts,
        Optional<String> node,
        Optional<Instant> started,
        Optional<Instant> ended,
        long revision,
        Optional<String> reason,
        Optional<TrainingStep> progress,
        Optional<TrainingReport> report,
        Optional<String> version,
        Optional<PromotionDecision> verdict,
        boolean activated) {}
