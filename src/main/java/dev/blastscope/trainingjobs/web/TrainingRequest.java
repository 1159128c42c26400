package dev.blastscope.trainingjobs.web;

import dev.blastscope.datasetstore.DatasetReport;
import dev.blastscope.network.Freeze;
import dev.blastscope.training.AdaptationSettings;
import dev.blastscope.training.TrainingSettings;
import dev.blastscope.trainingjobs.Training;
import dev.blastscope.trainingjobs.TrainingRefused;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body that starts a training; absent fields get the values of blastscope.training.* or blastscope.adaptation.*.
 */
@Schema(name = "TrainingRequest", example = TrainingRequest.EXAMPLE)
record TrainingRequest(
        @Schema(
                description = "The name of a stored data set",
                example = "taleqani",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @NotNull
        @Size(min = 1, max = 64)
        String dataset,

        @Schema(
                description = "TRAINING trains new heads, and the backbone if it is not frozen; ADAPTATION adapts the"
                        + " active model to a few images of a site",
                defaultValue = "TRAINING")
        Training.@Nullable Mode mode,

        @Schema(
                description = "Activate the model if it passes the promotion gate; not for an adaptation",
                defaultValue = "false")
        @Nullable
        Boolean autoPromote,

        @Schema(
                description =
                        "For an adaptation: the data set that the model was trained on, to measure what it forgets",
                example = "taleqani")
        @Size(min = 1, max = 64)
        @Nullable
        String originalDataset,

        @Schema(description = "Equal seeds give equal models on the same machine", example = "7")
        @Min(TrainingSettings.MIN_SEED)
        @Max(TrainingSettings.MAX_SEED)
        @Nullable
        Long seed,

        @Schema(
                description = "The part of the backbone that is not trained; an adaptation trains none of it",
                example = "BACKBONE")
        @Nullable
        Freeze freeze,

        @Schema(description = "Maximum number of epochs (heads)", example = "40")
        @Min(1)
        @Max(TrainingSettings.MAX_EPOCHS)
        @Nullable
        Integer epochs,

        @Schema(
                description = "Number of epochs without a lower validation loss after which the training of the heads"
                        + " stops",
                example = "8")
        @Min(1)
        @Max(TrainingSettings.MAX_EPOCHS)
        @Nullable
        Integer patience,

        @Schema(description = "Maximum number of images in a step (heads)", example = "256")
        @Min(2)
        @Max(TrainingSettings.MAX_BATCH)
        @Nullable
        Integer batch,

        @Schema(description = "Learning rate of Adam (heads)", example = "0.001")
        @DecimalMin(TrainingSettings.MIN_LEARNING_RATE)
        @DecimalMax(TrainingSettings.MAX_LEARNING_RATE)
        @Nullable
        Double learningRate,

        @Schema(
                description = "For an adaptation: the L2-SP weight, which holds the heads where they were",
                example = "0.01")
        @DecimalMin("0")
        @DecimalMax(AdaptationSettings.MAX_L2SP_STRENGTH)
        @Nullable
        Double l2spStrength,

        @Schema(description = "How the backbone is trained, if it is not frozen") @Valid @Nullable
        FineTuning fineTuning) {

    static final String EXAMPLE = """
            {"dataset": "taleqani", "seed": 7, "autoPromote": true}""";

    static final String EXAMPLE_OF_ADAPTATION = """
            {"dataset": "site", "mode": "ADAPTATION", "originalDataset": "taleqani"}""";

    static final String EXAMPLE_WITH_EVERYTHING = """
            {
              "dataset": "taleqani", "mode": "TRAINING", "autoPromote": false, "seed": 11, "freeze": "NONE",
              "epochs": 40, "patience": 8, "batch": 256, "learningRate": 0.001,
              "fineTuning": {"epochs": 10, "patience": 3, "batch": 16, "learningRate": 0.0001}
            }""";

    boolean adapts() {
        return mode == Training.Mode.ADAPTATION;
    }

    boolean promotes() {
        return autoPromote != null && autoPromote;
    }

    /** @throws TrainingRefused if fields contradict each other */
    void requireConsistent() throws TrainingRefused {
        if (adapts() && promotes()) {
            throw TrainingRefused.invalid(
                    "autoPromote",
                    "is not for an adaptation: so few images prove too little. Look at its report, and activate the model"
                            + " yourself.");
        }
        if (!adapts() && originalDataset != null) {
            throw TrainingRefused.invalid("originalDataset", "is for the mode ADAPTATION only.");
        }
        if (!adapts() && l2spStrength != null) {
            throw TrainingRefused.invalid("l2spStrength", "is for the mode ADAPTATION only.");
        }
    }

    Training.Order order(DatasetReport data, TrainingSettings training, AdaptationSettings adaptation) {
        return new Training.Order(
                adapts() ? Training.Mode.ADAPTATION : Training.Mode.TRAINING,
                data.name(),
                data.digest(),
                Optional.ofNullable(originalDataset),
                adapts() ? adaptation(training, adaptation) : training(training),
                adapts() ? or(l2spStrength, adaptation.l2spStrength()) : 0,
                promotes());
    }

    private TrainingSettings training(TrainingSettings defaults) {
        return new TrainingSettings(
                or(seed, defaults.seed()),
                or(freeze, defaults.freeze()),
                or(epochs, defaults.epochs()),
                or(patience, defaults.patience()),
                or(batch, defaults.batch()),
                or(learningRate, defaults.learningRate()),
                fineTuning(defaults.fineTuning()),
                defaults.folds(),
                defaults.operatingPoint(),
                defaults.views());
    }

    private TrainingSettings adaptation(TrainingSettings defaults, AdaptationSettings adaptation) {
        return new TrainingSettings(
                or(seed, defaults.seed()),
                Freeze.BACKBONE,
                or(epochs, adaptation.epochs()),
                or(patience, defaults.patience()),
                or(batch, adaptation.batch()),
                or(learningRate, adaptation.learningRate()),
                fineTuning(defaults.fineTuning()),
                defaults.folds(),
                defaults.operatingPoint(),
                defaults.views());
    }

    private TrainingSettings.FineTuning fineTuning(TrainingSettings.FineTuning defaults) {
        return fineTuning == null
                ? defaults
                : new TrainingSettings.FineTuning(
                        or(fineTuning.epochs, defaults.epochs()),
                        or(fineTuning.patience, defaults.patience()),
                        or(fineTuning.batch, defaults.batch()),
                        or(fineTuning.learningRate, defaults.learningRate()));
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return Objects.requireNonNullElse(given, otherwise);
    }

    private static float or(@Nullable Double given, float otherwise) {
        return given == null ? otherwise : given.floatValue();
    }

    /** How the backbone is trained. */
    @Schema(name = "FineTuning")
    record FineTuning(
            @Schema(description = "Maximum number of epochs (backbone)", example = "10")
            @Min(1)
            @Max(TrainingSettings.FineTuning.MAX_EPOCHS)
            @Nullable
            Integer epochs,

            @Schema(
                    description = "Number of epochs without a lower validation loss after which the training of the"
                            + " backbone stops",
                    example = "3")
            @Min(1)
            @Max(TrainingSettings.FineTuning.MAX_EPOCHS)
            @Nullable
            Integer patience,

            @Schema(description = "Number of images in a step (backbone)", example = "16")
            @Min(2)
            @Max(TrainingSettings.FineTuning.MAX_BATCH)
            @Nullable
            Integer batch,

            @Schema(description = "Learning rate of Adam (backbone)", example = "0.0001")
            @DecimalMin(TrainingSettings.MIN_LEARNING_RATE)
            @DecimalMax(TrainingSettings.MAX_LEARNING_RATE)
            @Nullable
            Double learningRate) {}
}
