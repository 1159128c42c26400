package dev.blastscope.training;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the active model is adapted to a few images of a site.
 *
 * @param images maximum number of images of an adaptation; more are enough for a training
 * @param epochs number of epochs
 * @param batch number of images in a step
 * @param learningRate learning rate of Adam
 * @param l2spStrength the L2-SP weight, which holds the heads where they were
 */
@Validated
@ConfigurationProperties("blastscope.adaptation")
public record AdaptationSettings(
        @DefaultValue("100") @Min(8) int images,

        @DefaultValue("30") @Min(1) @Max(TrainingSettings.MAX_EPOCHS)
        int epochs,

        @DefaultValue("16") @Min(2) @Max(TrainingSettings.MAX_BATCH)
        int batch,

        @DefaultValue("0.0001")
        @DecimalMin(TrainingSettings.MIN_LEARNING_RATE)
        @DecimalMax(TrainingSettings.MAX_LEARNING_RATE)
        float learningRate,

        @DefaultValue("0.01") @DecimalMin("0") @DecimalMax(MAX_L2SP_STRENGTH)
        float l2spStrength) {

    public static final String MAX_L2SP_STRENGTH = "1000";
}
