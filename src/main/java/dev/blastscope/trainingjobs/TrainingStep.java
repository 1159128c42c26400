package dev.blastscope.trainingjobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * How far a training is.
 *
 * @param stage what is done now, such as "fetching the data set", "features" or "heads"
 * @param done of the stage: pieces where it fetches, images where it reads images, epochs where it learns
 * @param total how many there are at most
 * @param trainingLoss of the last epoch
 * @param validationLoss after the last epoch
 * @param secondsLeft of the stage, at most
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TrainingStep(
        String stage,
        long done,
        long total,
        Optional<Double> trainingLoss,
        Optional<Double> validationLoss,
        Optional<Long> secondsLeft) {}
