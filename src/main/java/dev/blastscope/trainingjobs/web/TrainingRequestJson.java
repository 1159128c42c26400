package dev.blastscope.trainingjobs.web;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.blastscope.network.Freeze;
import dev.blastscope.trainingjobs.TrainingMode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an admin asks for; what is absent is as blastscope.training.* or blastscope.adaptation.* say. */
@Schema(name = "TrainingRequest")
record TrainingRequestJson(
        @Schema(
                description = "The name of a stored data set",
                example = "taleqani",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String dataset,

        @Schema(
                description = "Train from the backbone, or adapt the active model to few images",
                defaultValue = "TRAINING")
        @Nullable
        TrainingMode mode,

        @Schema(
                description = "Make the model active where the gate lets it; not for an adaptation",
                defaultValue = "false")
        @Nullable
        Boolean autoPromote,

        @Schema(description = "For an adaptation: the data set that must not be forgotten", example = "taleqani")
        @Nullable
        String originalDataset,

        @Schema(description = "Equal seeds give equal models", example = "7") @Nullable
        Long seed,

        @Schema(description = "Which part of the backbone stays as it is; an adaptation leaves all of it") @Nullable
        Freeze freeze,

        @Schema(description = "Most passes of the heads over the training images") @Nullable
        Integer epochs,

        @Schema(description = "Epochs without a lower validation loss after which it stops") @Nullable
        Integer patience,

        @Schema(description = "Images in a step of the heads") @Nullable
        Integer batch,

        @Schema(description = "Adam's, for the heads") @Nullable
        Float learningRate,

        @Schema(description = "For an adaptation: how strongly the heads are held where they were (L2-SP)") @Nullable
        Float anchor,

        @Schema(description = "How the backbone learns where it is not frozen") @Nullable
        FineTuningJson fineTuning,

        @JsonAnySetter @Schema(hidden = true) @Nullable Map<String, Object> unknown) {

    /** How the backbone learns. */
    @Schema(name = "FineTuning")
    record FineTuningJson(
            @Nullable Integer epochs,
            @Nullable Integer patience,
            @Nullable Integer batch,
            @Nullable Float learningRate,
            @JsonAnySetter @Schema(hidden = true) @Nullable Map<String, Object> unknown) {}
}
