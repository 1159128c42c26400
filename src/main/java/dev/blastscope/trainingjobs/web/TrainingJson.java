package dev.blastscope.trainingjobs.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.training.TrainingSettings;
import dev.blastscope.trainingjobs.PromotionDecision;
import dev.blastscope.trainingjobs.Training;
import dev.blastscope.trainingjobs.TrainingMode;
import dev.blastscope.trainingjobs.TrainingReport;
import dev.blastscope.trainingjobs.TrainingState;
import dev.blastscope.trainingjobs.TrainingStep;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A training job. */
@Schema(name = "Training")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record TrainingJson(
        UUID id,
        TrainingState state,

        @Schema(description = "Why it waits, failed or was ended")
        Optional<String> reason,

        TrainingMode mode,
        String dataset,
        @Schema(description = "What was in the data set") String datasetDigest,
        Optional<String> originalDataset,
        TrainingSettings settings,

        @Schema(description = "How strongly an adaptation is held at its start") @Nullable
        Float anchor,

        boolean autoPromote,
        String startedBy,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> ended,

        @Schema(description = "The node that began with it last")
        Optional<String> node,

        @Schema(description = "How often a node began with it")
        int attempts,

        @Schema(description = "An admin wants it to end") boolean cancelled,
        Optional<TrainingStep> progress,

        @Schema(description = "What its model achieved, as the model's card says it")
        Optional<TrainingReport> report,

        @Schema(description = "Under which its model was published")
        Optional<String> version,

        @Schema(description = "Whether the model may replace the active one, and why")
        Optional<PromotionDecision> verdict,

        @Schema(description = "The same in words, a line for each check")
        Optional<String> verdictInWords,

        @Schema(description = "Whether its model became active by it")
        boolean activated) {

    static TrainingJson of(Training job) {
        return new TrainingJson(
                job.id(),
                job.state(),
                job.reason(),
                job.order().mode(),
                job.order().dataset(),
                job.order().datasetDigest(),
                job.order().original(),
                job.order().settings(),
                job.order().mode() == TrainingMode.ADAPTATION ? job.order().anchor() : null,
                job.order().autoPromote(),
                job.startedBy(),
                job.created(),
                job.started(),
                job.ended(),
                job.node(),
                job.attempts(),
                job.cancelled(),
                job.progress(),
                job.report(),
                job.version(),
                job.verdict(),
                job.verdict().map(PromotionDecision::inWords),
                job.activated());
    }
}
