package dev.blastscope.trainingjobs.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.trainingjobs.Training;
import dev.blastscope.trainingjobs.TrainingMode;
import dev.blastscope.trainingjobs.TrainingState;
import dev.blastscope.trainingjobs.TrainingStep;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A training job in a line of a list. */
@Schema(name = "TrainingSummary")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record TrainingSummaryJson(
        UUID id,
        TrainingState state,
        Optional<String> reason,
        TrainingMode mode,
        String dataset,
        String startedBy,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<TrainingStep> progress,
        Optional<String> version,
        Optional<Boolean> promoted,
        boolean activated) {

    static TrainingSummaryJson of(Training job) {
        return new TrainingSummaryJson(
                job.id(),
                job.state(),
                job.reason(),
                job.order().mode(),
                job.order().dataset(),
                job.startedBy(),
                job.created(),
                job.started(),
                job.ended(),
                job.progress(),
                job.version(),
                job.verdict().map(verdict -> verdict.promoted()),
                job.activated());
    }
}
