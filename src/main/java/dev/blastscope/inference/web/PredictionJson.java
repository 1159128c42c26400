package dev.blastscope.inference.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.blastscope.inference.ImagePrediction;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.web.Notice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A prediction as clients see it. */
@Schema(name = "Prediction")
@JsonInclude(JsonInclude.Include.NON_NULL)
record PredictionJson(
        @Schema(description = "Names this answer", example = "01992f3a-5c1e-7f64-b1c9-6f0a9d4f2b11")
        String id,

        @Schema(description = "What wins", example = "MALIGNANT")
        Malignancy outcome,

        @Schema(description = "Calibrated probabilities; they sum to 1")
        MalignancyJson malignancy,

        @Schema(
                description =
                        "How the subtypes share the probability, given that the smear is malignant; present exactly when malignant wins")
        @Nullable
        SubtypeJson subtype,

        ModelJson model,
        ImageJson image,

        @Schema(example = NOTICE) String notice) {

    static final String NOTICE = Notice.RESEARCH_USE;

    static PredictionJson of(ImagePrediction prediction) {
        Prediction diagnosis = prediction.diagnosis();
        return new PredictionJson(
                UuidCreator.getTimeOrderedEpoch().toString(),
                diagnosis.outcome(),
                new MalignancyJson(
                        diagnosis.malignancy().of(Malignancy.BENIGN),
                        diagnosis.malignancy().of(Malignancy.MALIGNANT)),
                diagnosis.subtype().map(SubtypeJson::of).orElse(null),
                new ModelJson(prediction.modelVersion(), prediction.modelDigest()),
                ImageJson.of(prediction),
                NOTICE);
    }

    @Schema(name = "MalignancyProbabilities")
    record MalignancyJson(
            @Schema(minimum = "0", maximum = "1", example = "0.031")
            double benign,

            @Schema(minimum = "0", maximum = "1", example = "0.969")
            double malignant) {}

    @Schema(name = "SubtypeProbabilities")
    record SubtypeJson(
            @Schema(example = "PRE_B") Subtype winner,

            @Schema(
                    description = "They sum to 1",
                    example = "{\"EARLY_PRE_B\": 0.08, \"PRE_B\": 0.90, \"PRO_B\": 0.02}")
            Map<Subtype, Double> probabilities) {

        static SubtypeJson of(Probabilities<Subtype> subtypes) {
            return new SubtypeJson(subtypes.winner(), subtypes.values());
        }
    }

    @Schema(name = "ModelIdentity")
    record ModelJson(
            @Schema(example = "2026-11-22.1") String version,

            @Schema(example = "sha256:1e78f749026ff72fa72fd306418b2cb1e463a9720b0d7bff7294ff55c397605c")
            String digest) {}

    @Schema(name = "ImageIdentity")
    record ImageJson(
            @Schema(
                    description = "SHA-256 of the bytes sent",
                    example = "0577c501f009dc001c39bd02daac5fa00d30157faed12b55683b18892ce0e80d")
            String sha256,

            @Schema(example = "1024") int width,
            @Schema(example = "768") int height,
            @Schema(example = "jpeg") String format) {

        static ImageJson of(ImagePrediction prediction) {
            return new ImageJson(
                    prediction.image().sha256(),
                    prediction.image().sourceWidth(),
                    prediction.image().sourceHeight(),
                    prediction.image().format().label());
        }
    }
}
