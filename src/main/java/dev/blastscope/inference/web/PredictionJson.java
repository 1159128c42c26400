package dev.blastscope.inference.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.image.SmearImage;
import dev.blastscope.inference.ImagePrediction;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.web.Notice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A prediction as clients see it. */
@Schema(name = "Prediction", description = "The prediction for one image")
@JsonInclude(JsonInclude.Include.NON_NULL)
record PredictionJson(
        @Schema(
                description = "Identifies this prediction, also in the audit trail",
                example = "01992f3a-5c1e-7f64-b1c9-6f0a9d4f2b11")
        String id,

        @Schema(description = "The more probable class", example = "MALIGNANT")
        Malignancy outcome,

        @Schema(description = "Calibrated probabilities of benign and malignant")
        MalignancyJson malignancy,

        @Schema(
                description =
                        "The probability of each subtype, given that the smear is malignant; present only if the outcome is MALIGNANT")
        @Nullable
        SubtypeJson subtype,

        @Schema(description = "The model that was used") ModelJson model,
        @Schema(description = "The image that was sent") ImageJson image,

        @Schema(description = "Notice on the use of this prediction", example = NOTICE)
        String notice) {

    static final String NOTICE = Notice.RESEARCH_USE;

    /** More digits than a calibration on some hundred images supports; the audit trail keeps the exact values. */
    private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

    static PredictionJson of(ImagePrediction result) {
        Prediction prediction = result.prediction();
        return new PredictionJson(
                result.id(),
                prediction.outcome(),
                new MalignancyJson(
                        rounded(prediction.malignancy().of(Malignancy.BENIGN)),
                        rounded(prediction.malignancy().of(Malignancy.MALIGNANT))),
                prediction.subtype().map(SubtypeJson::of).orElse(null),
                new ModelJson(result.modelVersion(), result.modelDigest()),
                ImageJson.of(result.image()),
                NOTICE);
    }

    private static BigDecimal rounded(double probability) {
        return new BigDecimal(probability).round(FOUR_DIGITS).stripTrailingZeros();
    }

    @Schema(
            name = "MalignancyProbabilities",
            description = "Probabilities with four significant digits; apart from rounding, they sum to 1")
    record MalignancyJson(
            @Schema(description = "Probability of a benign smear", minimum = "0", maximum = "1", example = "0.0312")
            BigDecimal benign,

            @Schema(description = "Probability of a malignant smear", minimum = "0", maximum = "1", example = "0.9688")
            BigDecimal malignant) {}

    @Schema(name = "SubtypeProbabilities", description = "The subtypes of a malignant smear")
    record SubtypeJson(
            @Schema(description = "The most probable subtype", example = "PRE_B")
            Subtype winner,

            @Schema(
                    description = "Probabilities with four significant digits; apart from rounding, they sum to 1",
                    example = "{\"EARLY_PRE_B\": 0.08, \"PRE_B\": 0.90, \"PRO_B\": 0.02}")
            Map<Subtype, BigDecimal> probabilities) {

        static SubtypeJson of(Probabilities<Subtype> subtypes) {
            Map<Subtype, BigDecimal> probabilities = new EnumMap<>(Subtype.class);
            subtypes.values().forEach((subtype, probability) -> probabilities.put(subtype, rounded(probability)));
            return new SubtypeJson(subtypes.winner(), probabilities);
        }
    }

    @Schema(name = "ModelIdentity", description = "A version of the model")
    record ModelJson(
            @Schema(description = "Version of the model", example = "2026-11-22.1")
            String version,

            @Schema(
                    description = "SHA-256 of the files of the model",
                    example = "sha256:1e78f749026ff72fa72fd306418b2cb1e463a9720b0d7bff7294ff55c397605c")
            String digest) {}

    @Schema(name = "ImageIdentity", description = "An image as it was sent")
    record ImageJson(
            @Schema(
                    description = "SHA-256 of the bytes sent",
                    example = "0577c501f009dc001c39bd02daac5fa00d30157faed12b55683b18892ce0e80d")
            String sha256,

            @Schema(description = "Width in pixels", example = "1024")
            int width,

            @Schema(description = "Height in pixels", example = "768")
            int height,

            @Schema(description = "Format by the first bytes", example = "jpeg")
            String format) {

        static ImageJson of(SmearImage image) {
            return new ImageJson(
                    image.sha256(),
                    image.sourceWidth(),
                    image.sourceHeight(),
                    image.format().label());
        }
    }
}
