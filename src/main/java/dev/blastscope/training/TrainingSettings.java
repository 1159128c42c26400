package dev.blastscope.training;

import dev.blastscope.network.Freeze;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a model is trained.
 *
 * @param seed of the split, the initial weights, the order of the images, dropout and augmentation: equal seeds give
 *     equal models on the same machine
 * @param freeze the part of the backbone that is not trained
 * @param epochs maximum number of epochs (heads)
 * @param patience number of epochs without a lower validation loss after which the training of the heads stops
 * @param batch maximum number of images in a step (heads); fewer if an epoch would have fewer than eight steps
 * @param learningRate learning rate of Adam (heads)
 * @param fineTuning how the backbone is trained if it is not frozen
 * @param folds number of folds of the cross-validation of the heads; fewer where a class has fewer groups
 * @param operatingPoint what the decision threshold shall keep
 * @param views how heads learn from changed copies of the images
 */
@Validated
@ConfigurationProperties("blastscope.training")
public record TrainingSettings(
        @DefaultValue("7") @Min(MIN_SEED) @Max(MAX_SEED) long seed,

        @DefaultValue("BACKBONE") Freeze freeze,
        @DefaultValue("40") @Min(1) @Max(MAX_EPOCHS) int epochs,

        @DefaultValue("8") @Min(1) @Max(MAX_EPOCHS) int patience,

        @DefaultValue("256") @Min(2) @Max(MAX_BATCH) int batch,

        @DefaultValue("0.001") @DecimalMin(MIN_LEARNING_RATE) @DecimalMax(MAX_LEARNING_RATE)
        float learningRate,

        @DefaultValue @Valid FineTuning fineTuning,

        @DefaultValue("5") @Min(3) @Max(20) int folds,

        @DefaultValue @Valid OperatingPoint operatingPoint,

        @DefaultValue @Valid Views views) {

    /** What every JSON number can hold exactly. */
    public static final long MAX_SEED = 9_007_199_254_740_991L;

    public static final long MIN_SEED = -MAX_SEED;
    public static final int MAX_EPOCHS = 10_000;
    public static final int MAX_BATCH = 4096;
    public static final String MIN_LEARNING_RATE = "0.00000001";
    public static final String MAX_LEARNING_RATE = "1";

    /**
     * How heads learn from changed copies of the images; not used where the backbone is trained too.
     *
     * @param copies changed copies of each image; each costs as much as the image when features are first computed
     * @param weight what all copies of an image count together, beside 1 for the image itself
     */
    public record Views(
            @DefaultValue("0") @Min(0) @Max(14) int copies,

            @DefaultValue("1") @DecimalMin("0") @DecimalMax("10")
            float weight) {}

    /**
     * What the decision threshold shall keep on the answers that it is chosen on, the sensitivity first.
     *
     * @param sensitivity the share of the malignant smears to be called malignant
     * @param specificity the share of the benign smears to be called benign
     */
    public record OperatingPoint(
            @DefaultValue("0.995") @DecimalMin("0.5") @DecimalMax("1")
            double sensitivity,

            @DefaultValue("0.95") @DecimalMin("0.5") @DecimalMax("1")
            double specificity) {}

    /**
     * How the backbone is trained if it is not frozen: after the heads, with random augmentation.
     *
     * @param epochs maximum number of epochs (backbone)
     * @param patience number of epochs without a lower validation loss after which the training of the backbone stops
     * @param batch number of images in a step (backbone)
     * @param learningRate learning rate of Adam (backbone)
     */
    public record FineTuning(
            @DefaultValue("10") @Min(1) @Max(MAX_EPOCHS) int epochs,

            @DefaultValue("3") @Min(1) @Max(MAX_EPOCHS) int patience,

            @DefaultValue("16") @Min(2) @Max(MAX_BATCH) int batch,

            @DefaultValue("0.0001") @DecimalMin(MIN_LEARNING_RATE) @DecimalMax(MAX_LEARNING_RATE)
            float learningRate) {

        public static final int MAX_EPOCHS = 1000;
        public static final int MAX_BATCH = 512;
    }
}
