package dev.blastscope.modelstore;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model is, what it was made of and what it achieved (Mitchell et al. 2019, arXiv 1810.03993), kept beside its
 * weights.
 *
 * <p>It is flat, as its file is: the digest of a published model covers the file, so that its form cannot change.
 */
@Schema(description = "What a model is, what it was trained on and what it achieved")
public record ModelCard(
        @Schema(description = "The name that the model was published under", example = "2026-11-22.1")
        String version,

        @Schema(description = "When the training ended") Instant created,

        @Schema(description = "The name and version of the program that trained it")
        String software,

        @Schema(description = "The network, in a sentence") String architecture,

        @Schema(description = "What the model may be used for")
        String intendedUse,

        @Schema(description = "What the model cannot be trusted with")
        List<String> limits,

        @Schema(description = "The name of the preprocessing of an image before the network")
        String preprocessing,

        @Schema(description = "Which part of the backbone was not trained")
        String freeze,

        @Schema(description = "Where the backbone came from")
        BackboneOrigin backbone,

        @Schema(description = "The settings of the training, by name")
        Map<String, Object> settings,

        @Schema(description = "What it was trained and tested on")
        DataSummary data,

        @Schema(description = "What its logits are divided by before the softmax")
        Temperatures calibration,

        @Schema(description = "Its figures on test images, under the grouped and the random split")
        List<EvaluationFigures> evaluations,

        @Schema(description = "Other backbones under the same splits of the same data, measured in the same run")
        List<Comparison> comparisons,

        @Schema(description = "What a reader must know to interpret the figures")
        List<String> remarks,

        @Schema(description = "How long each part of the training took, in seconds")
        Map<String, Double> seconds,

        @Schema(description = "What it was trained with: device, threads, engine, Java")
        Map<String, String> environment,

        @Schema(
                description =
                        "What computed the features that the heads were trained on; absent for old models, where it"
                                + " was PyTorch")
        Optional<FeatureEngine> engine,

        @Schema(
                description =
                        "The heads on int8 features beside those on fp32 features; absent where only one was tried")
        Optional<PrecisionComparison> precisions,

        @Schema(
                description = "Its confidence on the test images of the grouped split; absent for old and for adapted"
                        + " models")
        Optional<ConfidenceHistogram> confidences,

        @Schema(description = "The id of the training job; absent where there was none, as on the command line")
        Optional<String> training) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .changeDefaultPropertyInclusion(inclusion ->
                    inclusion.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_ABSENT))
            .build();

    /**
     * Reads a card.
     *
     * @throws IllegalArgumentException if it is no JSON or lacks what a card has
     */
    public static ModelCard read(byte[] json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, ModelCard.class))
                    .orElseThrow(() -> new IllegalArgumentException("card.json is not a model card: it is null"));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("card.json is not a model card: " + e.getOriginalMessage(), e);
        }
    }

    /** The card as indented JSON, UTF-8. */
    public byte[] toJson() {
        return JSON.writeValueAsBytes(this);
    }

    public ModelCard withVersion(String name) {
        return with(name, training);
    }

    public ModelCard withTraining(String id) {
        return with(version, Optional.of(id));
    }

    private ModelCard with(String name, Optional<String> job) {
        return new ModelCard(
                name,
                created,
                software,
                architecture,
                intendedUse,
                limits,
                preprocessing,
                freeze,
                backbone,
                settings,
                data,
                calibration,
                evaluations,
                comparisons,
                remarks,
                seconds,
                environment,
                engine,
                precisions,
                confidences,
                job);
    }

    /** Where a backbone came from. */
    public record BackboneOrigin(
            @Schema(description = "Its own name, or the architecture of its file")
            String name,

            @Schema(description = "\"sha256:\" and the SHA-256 of the safetensors file that training started from")
            String digest,

            @Schema(description = "The backbone's own card, where it has one")
            Optional<Map<String, Object>> card) {}

    /** A data set in numbers. */
    public record DataSummary(
            @Schema(description = "\"sha256:\" and a digest of the images used, their labels and their groups")
            String digest,

            @Schema(description = "Used images by class") Map<String, Integer> images,

            @Schema(description = "Used images by part of the grouped split: train, validation, test")
            Map<String, Integer> parts,

            @Schema(description = "Groups of images that belong together, such as those of one patient")
            int groups,

            @Schema(description = "Pairs of images of the same content")
            long exactDuplicatePairs,

            @Schema(description = "Pairs of images that look alike")
            long nearDuplicatePairs,

            @Schema(description = "Files that could not be used")
            int leftOut) {}

    /** What computed the features that the heads were trained on. */
    public record FeatureEngine(
            @Schema(description = "pytorch or onnx; their fp32 features are the same to 1e-5", example = "onnx")
            String name,

            @Schema(description = "fp32 or int8", example = "fp32")
            String precision,

            @Schema(
                    description = "\"sha256:\" and the SHA-256 of the int8 backbone on whose features the heads were"
                            + " trained; absent for fp32")
            Optional<String> quantisedBackbone) {}

    /** Heads trained on fp32 and on int8 features, measured on the validation part of the grouped split. */
    public record PrecisionComparison(
            @Schema(description = "The heads on fp32 features")
            EvaluationFigures fp32,

            @Schema(description = "The heads on int8 features")
            EvaluationFigures int8,

            @Schema(description = "Whether no int8 figure is below the interval of the fp32 one")
            boolean passed,

            @Schema(description = "Why, in words") @JsonAlias("verdict")
            String summary) {}

    /** The temperature of each head, above 0 (Guo et al. 2017, arXiv 1706.04599). */
    public record Temperatures(
            @Schema(description = "Of the malignancy head", example = "1.37")
            double malignancy,

            @Schema(description = "Of the subtype head", example = "1.12")
            double subtype) {

        /** @throws IllegalArgumentException if a temperature is not a positive number */
        public Temperatures {
            if (!isPositive(malignancy) || !isPositive(subtype)) {
                throw new IllegalArgumentException(
                        "a temperature is a positive number; not " + malignancy + " and " + subtype);
            }
        }

        private static boolean isPositive(double temperature) {
            return temperature > 0 && Double.isFinite(temperature);
        }
    }

    /** Another backbone's figures under the same splits. */
    public record Comparison(
            @Schema(description = "Where the backbone came from")
            BackboneOrigin backbone,

            @Schema(description = "Its figures") List<EvaluationFigures> evaluations) {

        public Comparison {
            evaluations = List.copyOf(evaluations);
        }
    }
}
