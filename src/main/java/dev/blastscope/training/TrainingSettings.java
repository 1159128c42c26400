package dev.blastscope.training;

import dev.blastscope.network.Freeze;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a model is trained.
 *
 * @param seed of the split, the initial weights, the order of the images, dropout and augmentation: equal seeds give equal
 *     models on the same machine
 * @param freeze which part of the backbone stays as it is
 * @param epochs most passes of the heads over the training images
 * @param patience epochs without a lower validation loss after which the training stops
 * @param batch images in a step of the heads at most; fewer where an epoch would have fewer than eight steps
 * @param learningRate Adam's, for the heads
 * @param fineTuning how the backbone learns where it is not frozen
 */
@Validated
@ConfigurationProperties("blastscope.training")
public record TrainingSettings(
        @DefaultValue("7") long seed,
        @DefaultValue("BACKBONE") Freeze freeze,
        @DefaultValue("40") @Min(1) int epochs,
        @DefaultValue("8") @Min(1) int patience,
        @DefaultValue("256") @Min(2) int batch,
        @DefaultValue("0.001") @Positive float learningRate,
        @DefaultValue FineTuning fineTuning) {

    /**
     * How the backbone learns where it is not frozen: after the heads, with images changed at random.
     *
     * @param epochs most passes over the training images
     * @param patience epochs without a lower validation loss after which it stops
     * @param batch images in a step
     * @param learningRate Adam's, for the network
     */
    public record FineTuning(
            @DefaultValue("10") @Min(1) int epochs,
            @DefaultValue("3") @Min(1) int patience,
            @DefaultValue("16") @Min(2) @Max(512) int batch,
            @DefaultValue("0.0001") @Positive float learningRate) {}
}
