package dev.blastscope.trainingjobs.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.training.TrainingSettings;
import dev.blastscope.trainingjobs.PromotionDecision;
import dev.blastscope.trainingjobs.Training;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A training job. */
@Schema(name = "Training")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record TrainingJson(
        @Schema(description = "The id of the job") UUID id,

        @Schema(description = "Where the job is in its life; SUCCEEDED: a model was trained, published and judged")
        Training.State state,

        @Schema(
                description = "Why it waits, failed or was ended, or why a model that passed the promotion gate was not"
                        + " activated")
        Optional<String> reason,

        @Schema(description = "What the training starts from")
        Training.Mode mode,

        @Schema(description = "The name of its data set") String dataset,

        @Schema(description = "The digest of the data set when the training was asked for")
        String datasetDigest,

        @Schema(description = "Of an adaptation: the data set on which forgetting is measured")
        Optional<String> originalDataset,

        @Schema(description = "How it trains: what the request gave, and the defaults for the rest")
        TrainingSettings settings,

        @Schema(description = "Of an adaptation: the L2-SP weight, which holds the heads where they were") @Nullable
        Float l2spStrength,

        @Schema(description = "Whether the model is activated if it passes the promotion gate")
        boolean autoPromote,

        @Schema(description = "The client that asked for it")
        String startedBy,

        @Schema(description = "When it was asked for") Instant created,

        @Schema(description = "When a node first began it") Optional<Instant> started,

        @Schema(description = "When it ended") Optional<Instant> ended,

        @Schema(description = "The node that began it last") Optional<String> node,

        @Schema(description = "How many times a node began it")
        int attempts,

        @Schema(description = "Whether an admin has asked for it to end")
        boolean cancelled,

        @Schema(description = "How far it is") Optional<Training.Progress> progress,

        @Schema(description = "What its model achieved, as on the model's card")
        Optional<Training.Report> report,

        @Schema(description = "The version under which its model was published")
        Optional<String> version,

        @Schema(description = "Whether the model passed the promotion gate, and why")
        Optional<PromotionDecision> promotion,

        @Schema(description = "The same as text, with a line for each check")
        Optional<String> promotionText,

        @Schema(description = "Whether the job activated its model")
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
                job.order().mode() == Training.Mode.ADAPTATION ? job.order().l2spStrength() : null,
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
                job.promotion(),
                job.promotion().map(PromotionDecision::toText),
                job.activated());
    }

    /** A training job in a line of a list. */
    @Schema(name = "TrainingSummary")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Summary(
            @Schema(description = "The id of the job") UUID id,

            @Schema(description = "Where the job is in its life")
            Training.State state,

            @Schema(description = "Why it waits, failed or was ended, or why its model was not activated")
            Optional<String> reason,

            @Schema(description = "What the training starts from")
            Training.Mode mode,

            @Schema(description = "The name of its data set")
            String dataset,

            @Schema(description = "The client that asked for it")
            String startedBy,

            @Schema(description = "When it was asked for") Instant created,

            @Schema(description = "When a node first began it")
            Optional<Instant> started,

            @Schema(description = "When it ended") Optional<Instant> ended,

            @Schema(description = "How far it is") Optional<Training.Progress> progress,

            @Schema(description = "The version under which its model was published")
            Optional<String> version,

            @Schema(description = "Whether the model passed the promotion gate")
            Optional<Boolean> promoted,

            @Schema(description = "Whether the job activated its model")
            boolean activated) {

        static Summary of(Training job) {
            return new Summary(
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
                    job.promotion().map(PromotionDecision::promoted),
                    job.activated());
        }
    }

    /** Some trainings, newest first. */
    @Schema(name = "TrainingPage")
    record Page(
            @Schema(description = "The trainings of this page, newest first")
            List<Summary> trainings,

            @Schema(description = "The number of the page, from 0")
            int page,

            @Schema(description = "The maximum number of trainings on a page")
            int size,

            @Schema(description = "The number of trainings on all pages")
            long total) {}
}
