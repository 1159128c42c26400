package dev.blastscope.inference.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.prediction.Evidence;
import dev.blastscope.prediction.Explanation;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What in an image speaks for its prediction, by each head. */
@Schema(
        name = "Explanation",
        description = "What in the image speaks for the prediction, by each head; it shows what the network computed"
                + " with, not why a smear is malignant")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExplanationJson(
        @Schema(description = "The evidence for MALIGNANT: its score is ln(malignant / benign)")
        EvidenceJson malignancy,

        @Schema(
                description = "The evidence for the most probable subtype: its score is ln(its probability / the"
                        + " geometric mean of the other two); present only if the prediction has subtypes")
        @Nullable
        EvidenceJson subtype) {

    static ExplanationJson of(Prediction prediction, Explanation explanation) {
        return new ExplanationJson(
                EvidenceJson.of(Malignancy.MALIGNANT.name(), explanation.malignancy()),
                prediction
                        .subtype()
                        .flatMap(subtypes -> explanation
                                .subtype()
                                .map(evidence ->
                                        EvidenceJson.of(subtypes.winner().name(), evidence)))
                        .orElse(null));
    }

    @Schema(name = "Evidence", description = "The evidence for a class, in log-odds with four significant digits")
    record EvidenceJson(
            @Schema(
                    description = "The class that positive values speak for",
                    allowableValues = {"MALIGNANT", "EARLY_PRE_B", "PRE_B", "PRO_B"},
                    example = "MALIGNANT")
            String towards,

            @Schema(
                    description =
                            "What each cell of a grid of 7 x 7 over the upright image adds to the score: 7 rows from the top,"
                                    + " each of 7 values from the left. A cell stands for what the network sees around it as"
                                    + " well. The lower right corner, from 11/14 of the width and 6/7 of the height on, is"
                                    + " hidden from the network, as it may hold a burned-in scale bar: the value of the last"
                                    + " cell of the last row is that of a plain colour, and half of the cell before it is too",
                    example =
                            "[[0.01, 0.02, 0, 0.1, 0.3, 0.1, 0], [0, 0.1, 0.4, 0.6, 0.2, 0, 0], [0, 0, 0.1, 0.2, 0, 0, 0],"
                                    + " [0, -0.1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0.1, 0.2, 0.1, 0],"
                                    + " [0, 0, 0, 0.1, 0.1, 0, 0]]")
            List<List<BigDecimal>> cells,

            @Schema(description = "What is added whatever the image shows", example = "-0.21")
            BigDecimal constant,

            @Schema(description = "The sum of the cells and the constant, apart from rounding", example = "3.42")
            BigDecimal score) {

        static EvidenceJson of(String towards, Evidence evidence) {
            return new EvidenceJson(
                    towards,
                    IntStream.range(0, Evidence.SIDE)
                            .mapToObj(row -> IntStream.range(0, Evidence.SIDE)
                                    .mapToObj(column -> PredictionJson.rounded(evidence.cell(row, column)))
                                    .toList())
                            .toList(),
                    PredictionJson.rounded(evidence.constant()),
                    PredictionJson.rounded(evidence.score()));
        }
    }
}
