package dev.blastscope.modelstore;

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
 * @param version the model's name in its store
 * @param created when the training ended
 * @param software the name and version of the program that trained it
 * @param architecture the network in a sentence
 * @param intendedUse what it may be used for
 * @param limits what it cannot be trusted with
 * @param preprocessing the name of what happens to an image before the network
 * @param freeze which part of the backbone stayed as it was
 * @param backbone where the backbone came from
 * @param settings how it was trained, by setting
 * @param data what it was trained and measured on
 * @param calibration what its logits are divided by before the softmax
 * @param evaluations its figures on test images, under the grouped and the random split
 * @param comparisons other backbones under the same splits of the same data, measured in the same run
 * @param remarks what a reader must know to read the figures rightly
 * @param seconds how long each part of the training took
 * @param environment what it was trained with: device, threads, engine
 * @param engine what computed the features that the heads know; absent in the cards of old models, which know PyTorch's
 * @param precisions how the heads did in 8 bits beside those in 32; absent where only one was tried
 * @param confidences how sure it was on the test images of the grouped split; absent in the cards of old and adapted models
 * @param training the id of the job that trained it; absent where no job did, such as on the command line
 */
public record ModelCard(
        String version,
        Instant created,
        String software,
        String architecture,
        String intendedUse,
        List<String> limits,
        String preprocessing,
        String freeze,
        BackboneOrigin backbone,
        Map<String, Object> settings,
        DataSummary data,
        Temperatures calibration,
        List<EvaluationFigures> evaluations,
        List<Comparison> comparisons,
        List<String> remarks,
        Map<String, Double> seconds,
        Map<String, String> environment,
        Optional<FeatureEngine> engine,
        Optional<PrecisionComparison> precisions,
        Optional<ConfidenceHistogram> confidences,
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

    /**
     * Where a backbone came from.
     *
     * @param name its own name, or its file's architecture
     * @param digest "sha256:" and the digest of the safetensors file that training started from
     * @param card the backbone's own card, where it has one
     */
    public record BackboneOrigin(String name, String digest, Optional<Map<String, Object>> card) {}

    /**
     * A data set in numbers.
     *
     * @param digest "sha256:" and a digest of the images used, their labels and their groups
     * @param images used images by class
     * @param parts images by part of the grouped split: train, validation, test
     * @param groups groups of images that belong together
     * @param exactDuplicatePairs pairs of images of the same content
     * @param nearDuplicatePairs pairs of images that look alike
     * @param leftOut how many files could not be used
     */
    public record DataSummary(
            String digest,
            Map<String, Integer> images,
            Map<String, Integer> parts,
            int groups,
            long exactDuplicatePairs,
            long nearDuplicatePairs,
            int leftOut) {}

    /**
     * What computed the features that the heads learned from.
     *
     * @param name pytorch or onnx, whose features in 32 bits are the same to 1e-5
     * @param precision fp32 or int8
     * @param quantisedBackbone "sha256:" and the digest of the backbone in 8 bits, the only one whose features the heads
     *     know; absent for fp32
     */
    public record FeatureEngine(String name, String precision, Optional<String> quantisedBackbone) {}

    /**
     * Heads trained on features in 32 and in 8 bits, measured on the validation part of the grouped split.
     *
     * @param passed whether no figure of the 8 bits is worse than the interval of the 32 bits
     * @param verdict why, in words
     */
    public record PrecisionComparison(EvaluationFigures fp32, EvaluationFigures int8, boolean passed, String verdict) {}

    /** The temperature of each head, above 0 (Guo et al. 2017, arXiv 1706.04599). */
    public record Temperatures(double malignancy, double subtype) {

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
    public record Comparison(BackboneOrigin backbone, List<EvaluationFigures> evaluations) {

        public Comparison {
            evaluations = List.copyOf(evaluations);
        }
    }
}
