package dev.blastscope.shadow;

import dev.blastscope.review.Outcome;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** How a challenger compares with the active model on the images that one replica answered. */
@Schema(description = "How a challenger compares with the active model on the images that this replica answered")
public record ShadowReport(
        @Schema(description = "Digest of the active model; empty before the first image")
        String against,

        @Schema(description = "How many images were scored", example = "412")
        int images,

        @Schema(
                description = "The share of them with the same outcome; 0 before the first",
                minimum = "0",
                maximum = "1",
                example = "0.9806")
        double agreement,

        @Schema(
                description =
                        "Lower end of its 95 % interval (Clopper and Pearson), which takes images for independent:"
                                + " those of one slide are not",
                example = "0.9622")
        double low,

        @Schema(description = "Upper end", example = "0.9916")
        double high,

        @Schema(description = "Mean difference of the probabilities of malignant", example = "0.0121")
        double meanDifference,

        @Schema(description = "The largest such difference", example = "0.8231")
        double largestDifference,

        @Schema(description = "How many images there are of each pair of outcomes")
        List<Pair> outcomes,

        @Schema(description = "The latest images with another outcome, the newest first; at most 20")
        List<Disagreement> disagreements) {

    /** How many images were answered and scored so. */
    @Schema(name = "OutcomePair", description = "How many images were answered and scored so")
    public record Pair(
            @Schema(description = "What was answered") Outcome active,

            @Schema(description = "What the challenger would have answered")
            Outcome challenger,

            @Schema(description = "How many images", example = "5")
            int images) {}

    /** An image with another outcome. */
    @Schema(name = "Disagreement", description = "An image that the challenger would have answered otherwise")
    public record Disagreement(
            @Schema(description = "Id of the prediction, in the audit trail")
            String prediction,

            @Schema(description = "What was answered") Outcome active,

            @Schema(description = "What the challenger would have answered")
            Outcome challenger,

            @Schema(description = "The active model's probability of malignant")
            double activeMalignant,

            @Schema(description = "The challenger's") double challengerMalignant) {}
}
