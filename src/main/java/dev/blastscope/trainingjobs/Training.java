package dev.blastscope.trainingjobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelCard.DataSummary;
import dev.blastscope.training.TrainingSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A training job as it stands in the database, the same for every node.
 *
 * @param startedBy the client that asked for it
 * @param created when it was asked for
 * @param cancelled whether an admin has asked for it to end
 * @param attempts how many times a node began it
 * @param node the node that began it last
 * @param revision grows with each change
 * @param reason for people: why it waits, failed, was ended, or did not activate its model
 * @param version the version under which its model was published
 * @param activated whether the job activated that version
 */
public record Training(
        UUID id,
        Order order,
        String startedBy,
        Instant created,
        State state,
        boolean cancelled,
        int attempts,
        Optional<String> node,
        Optional<Instant> started,
        Optional<Instant> ended,
        long revision,
        Optional<String> reason,
        Optional<Progress> progress,
        Optional<Report> report,
        Optional<String> version,
        Optional<PromotionDecision> promotion,
        boolean activated) {

    /** What a training starts from. */
    public enum Mode {
        /** The backbone of the settings, and new heads. */
        TRAINING,
        /** The active model's backbone and heads, for a few images of one site. */
        ADAPTATION
    }

    /** Where a training job is in its life. */
    public enum State {
        /** Waits for a node. */
        QUEUED,
        /** A node works on it. */
        RUNNING,
        /**
         * A model was trained, published and judged. If the model was to be activated and could not be, because another
         * version was activated meanwhile for example, the reason says so.
         */
        SUCCEEDED,
        /** No model was trained, published and judged; the reason says why. */
        FAILED,
        /** An admin ended it. */
        CANCELLED,
        /** The nodes that worked on it died, too often to try again. */
        INTERRUPTED;

        public boolean isEnd() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /**
     * What an admin asked for; two equal orders give the same model.
     *
     * @param dataset the name of a stored data set
     * @param datasetDigest its content when the training was asked for
     * @param original the data set that an adapted model must not forget
     * @param settings how to train
     * @param l2spStrength how strongly an adaptation is held at its start
     * @param autoPromote whether to activate the model if it passes the promotion gate
     */
    public record Order(
            Mode mode,
            String dataset,
            String datasetDigest,
            Optional<String> original,
            TrainingSettings settings,
            float l2spStrength,
            boolean autoPromote) {}

    /**
     * How far a training is.
     *
     * @param stage what is done now, such as "fetching the data set", "features" or "heads"
     * @param stageNumber from 1; a stage whose result is cached is skipped
     * @param stageCount the number of stages as far as it is known
     * @param done of the stage: pieces when it fetches, images when it reads images, epochs when it learns
     * @param total the maximum of {@code done}
     * @param trainingLoss of the last epoch
     * @param validationLoss after the last epoch
     * @param stageSecondsLeft the time left of this stage, at most
     * @param secondsLeft the time left of the whole job, at most; absent until each kind of stage to come was timed
     *     once
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Progress(
            String stage,
            int stageNumber,
            int stageCount,
            long done,
            long total,
            Optional<Double> trainingLoss,
            Optional<Double> validationLoss,
            Optional<Long> stageSecondsLeft,
            Optional<Long> secondsLeft) {}

    /**
     * What a training achieved, as on the card of its model.
     *
     * @param data the data set in numbers
     * @param evaluations figures with n and 95 % intervals; of an adaptation, after and before it on the same images
     * @param remarks what a reader of the figures should know
     * @param seconds how long each part took
     */
    public record Report(
            DataSummary data, List<EvaluationFigures> evaluations, List<String> remarks, Map<String, Double> seconds) {

        public Report {
            evaluations = List.copyOf(evaluations);
            remarks = List.copyOf(remarks);
        }

        static Report of(ModelCard card) {
            return new Report(card.data(), card.evaluations(), card.remarks(), card.seconds());
        }
    }
}
