package dev.blastscope.inference.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.image.SmearImage;
import dev.blastscope.image.WhiteReference;
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

        @Schema(description = "MALIGNANT if its probability reaches the threshold, else BENIGN", example = "MALIGNANT")
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

        @Schema(
                description =
                        "How many of the eight symmetries of the image the answer averages: 1, the image alone, or 8",
                example = "1")
        int views,

        @Schema(description = "Notice on the use of this prediction", example = NOTICE)
        String notice,

        @Schema(description = "What in the image speaks for the prediction; present only if explain is true") @Nullable
        ExplanationJson explanation) {

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
                        rounded(prediction.malignancy().of(Malignancy.MALIGNANT)),
                        rounded(prediction.threshold()),
                        rounded(prediction.prevalence())),
                prediction.subtype().map(SubtypeJson::of).orElse(null),
                new ModelJson(result.modelVersion(), result.modelDigest()),
                ImageJson.of(result.image()),
                result.views(),
                NOTICE,
                result.explanation()
                        .map(explanation -> ExplanationJson.of(prediction, explanation))
                        .orElse(null));
    }

    static BigDecimal rounded(double value) {
        return new BigDecimal(value).round(FOUR_DIGITS).stripTrailingZeros();
    }

    @Schema(
            name = "MalignancyProbabilities",
            description =
                    "Probabilities with four significant digits; apart from rounding, benign and malignant sum to 1")
    record MalignancyJson(
            @Schema(description = "Probability of a benign smear", minimum = "0", maximum = "1", example = "0.0312")
            BigDecimal benign,

            @Schema(description = "Probability of a malignant smear", minimum = "0", maximum = "1", example = "0.9688")
            BigDecimal malignant,

            @Schema(
                    description = "The probability of malignant from which on the outcome is MALIGNANT",
                    minimum = "0",
                    maximum = "1",
                    example = "0.62")
            BigDecimal threshold,

            @Schema(
                    description =
                            "The share of malignant smears that the probabilities assume; another one, set for the"
                                    + " service, moves the probabilities and the threshold together and leaves the outcome",
                    minimum = "0",
                    maximum = "1",
                    example = "0.5")
            BigDecimal prevalence) {}

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
            String format,

            @Schema(
                    description =
                            "The factors by which the channels were multiplied to bring the background of the field to white; far"
                                    + " from 1, the lamp or the exposure was not that of the smears that the model knows")
            WhiteGainJson whiteGain) {

        static ImageJson of(SmearImage image) {
            return new ImageJson(
                    image.sha256(),
                    image.sourceWidth(),
                    image.sourceHeight(),
                    image.format().label(),
                    WhiteGainJson.of(image.whiteReference()));
        }
    }

    @Schema(name = "WhiteGain", description = "Factors in [0.5, 2] with four significant digits")
    record WhiteGainJson(
            @Schema(description = "Factor of the red channel", minimum = "0.5", maximum = "2", example = "1.012")
            BigDecimal red,

            @Schema(description = "Factor of the green channel", minimum = "0.5", maximum = "2", example = "1")
            BigDecimal green,

            @Schema(description = "Factor of the blue channel", minimum = "0.5", maximum = "2", example = "1.024")
            BigDecimal blue) {

        static WhiteGainJson of(WhiteReference white) {
            return new WhiteGainJson(rounded(white.red()), rounded(white.green()), rounded(white.blue()));
        }
    }
}
