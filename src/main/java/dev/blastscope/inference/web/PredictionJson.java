package dev.blastscope.inference.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.image.SmearImage;
import dev.blastscope.image.WhiteReference;
import dev.blastscope.inference.ImagePrediction;
import dev.blastscope.inference.ModelIdentity;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.review.KnownCases;
import dev.blastscope.review.Outcome;
import dev.blastscope.review.Review;
import dev.blastscope.review.ReviewReason;
import dev.blastscope.web.Notice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.List;
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

        @Schema(
                description =
                        "MALIGNANT if its probability reaches the threshold, else BENIGN; REVIEW if a person must look at the"
                                + " image, for the reasons given",
                example = "MALIGNANT")
        Outcome outcome,

        @Schema(description = "Why a person must look at the image; present exactly if the outcome is REVIEW") @Nullable
        List<ReasonJson> reasons,

        @Schema(description = "Whether the probabilities may be used; false exactly if the outcome is REVIEW")
        boolean probabilitiesUsable,

        @Schema(description = "Calibrated probabilities of benign and malignant")
        MalignancyJson malignancy,

        @Schema(
                description =
                        "The probability of each subtype, given that the smear is malignant; present only if the probability of malignant reaches the threshold")
        @Nullable
        SubtypeJson subtype,

        @Schema(
                description =
                        "The classes that cannot be excluded: of each class, at least the coverage of new smears have a set with"
                                + " that class in it; empty where no class fits",
                example = "[\"PRE_B\"]")
        List<SmearClass> set,

        @Schema(description = "The coverage that the set was made for", minimum = "0", maximum = "1", example = "0.95")
        double coverage,

        @Schema(
                description =
                        "The share of the training images that are less like the others than this image is; absent for a model"
                                + " that does not know",
                minimum = "0",
                maximum = "1",
                example = "0.62")
        @Nullable
        BigDecimal familiarity,

        @Schema(description = "The training images that look most like this one to the network, the nearest first")
        List<SimilarJson> similar,

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
        Prediction prediction = result.reviewed().prediction();
        Review review = result.reviewed().review();
        boolean stands = review.reasons().isEmpty();
        return new PredictionJson(
                result.id(),
                result.reviewed().outcome(),
                stands ? null : review.reasons().stream().map(ReasonJson::of).toList(),
                stands,
                new MalignancyJson(
                        rounded(prediction.malignancy().of(Malignancy.BENIGN)),
                        rounded(prediction.malignancy().of(Malignancy.MALIGNANT)),
                        rounded(prediction.threshold()),
                        rounded(prediction.prevalence())),
                prediction.subtype().map(SubtypeJson::of).orElse(null),
                List.copyOf(review.set()),
                review.settings().coverage(),
                review.familiarity().isPresent() ? rounded(review.familiarity().getAsDouble()) : null,
                review.similar().stream().map(SimilarJson::of).toList(),
                ModelJson.of(result.model()),
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

    @Schema(name = "ReviewReason", description = "A rule by which a person must look at an image")
    record ReasonJson(
            @Schema(description = "The rule", example = "NOT_LIKE_TRAINING_DATA")
            ReviewReason.Code code,

            @Schema(description = "What was measured, with four significant digits", example = "0.998")
            BigDecimal value,

            @Schema(description = "The value beyond which the rule asks for a person", example = "0.98")
            BigDecimal limit,

            @Schema(
                    description = "Both in a sentence, and what to do",
                    example =
                            "41 % of the field is clipped to white; at most 25 % may be. Lower the lamp or the exposure.")
            String detail) {

        static ReasonJson of(ReviewReason reason) {
            return new ReasonJson(reason.code(), rounded(reason.value()), rounded(reason.limit()), reason.detail());
        }
    }

    @Schema(name = "SimilarCase", description = "A training image that looks like the image that was sent")
    record SimilarJson(
            @Schema(
                    description = "SHA-256 of its file",
                    example = "0577c501f009dc001c39bd02daac5fa00d30157faed12b55683b18892ce0e80d")
            String sha256,

            @Schema(description = "What it shows", example = "PRE_B")
            SmearClass label,

            @Schema(
                    description = "Distance of the features, of length 1 each, with four significant digits",
                    minimum = "0",
                    maximum = "2",
                    example = "0.21")
            BigDecimal distance) {

        static SimilarJson of(KnownCases.Neighbour neighbour) {
            return new SimilarJson(
                    neighbour.image().sha256(), neighbour.image().label(), rounded(neighbour.distance()));
        }
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
                    description = "The probability of malignant from which on malignant wins",
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
                    description = "SHA-256 of the checksums of the model's files in that precision",
                    example = "sha256:1e78f749026ff72fa72fd306418b2cb1e463a9720b0d7bff7294ff55c397605c")
            String digest,

            @Schema(description = "The numbers that its backbone computed in")
            Precision rendition) {

        static ModelJson of(ModelIdentity model) {
            return new ModelJson(model.version(), model.digest(), model.precision());
        }
    }

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
