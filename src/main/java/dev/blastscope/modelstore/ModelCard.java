package dev.blastscope.modelstore;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.blastscope.prediction.Calibration;
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
 *
 * @param version the name that the model was published under
 * @param created when the training ended
 * @param software the name and version of the program that trained it
 * @param architecture the network, in a sentence
 * @param intendedUse what the model may be used for
 * @param limits what the model cannot be trusted with
 * @param preprocessing the name of the preprocessing of an image before the network
 * @param freeze which part of the backbone was not trained
 * @param backbone where the backbone came from
 * @param settings the settings of the training, by name
 * @param data what it was trained and tested on
 * @param calibration how its logits become probabilities, and from which one on a smear counts as malignant
 * @param evaluations its figures on test images, under the grouped and the random split
 * @param comparisons other backbones under the same splits of the same data, measured in the same run
 * @param remarks what a reader must know to interpret the figures
 * @param seconds how long each part of the training took, in seconds
 * @param environment what it was trained with: device, threads, engine, Java
 * @param engine what computed the features that the heads were trained on; absent for old models, where it was PyTorch
 * @param precisions the heads on int8 features beside those on fp32 features; absent where only one was tried
 * @param confidences its confidence on the test images of the grouped split; absent for old and for adapted models
 * @param changes its figures on changed copies of the images; absent where it learned from none
 * @param training the id of the training job; absent where there was none, as on the command line
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
        Calibration calibration,
        List<EvaluationFigures> evaluations,
        List<Comparison> comparisons,
        List<String> remarks,
        Map<String, Double> seconds,
        Map<String, String> environment,
        Optional<FeatureEngine> engine,
        Optional<PrecisionComparison> precisions,
        Optional<ConfidenceHistogram> confidences,
        Optional<List<EvaluationFigures.ChangeFigures>> changes,
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
                changes,
                job);
    }

    /**
     * Where a backbone came from.
     *
     * @param name its own name, or the architecture of its file
     * @param digest "sha256:" and the SHA-256 of the safetensors file that training started from
     * @param card the backbone's own card, where it has one
     */
    public record BackboneOrigin(String name, String digest, Optional<Map<String, Object>> card) {}

    /**
     * A data set in numbers.
     *
     * @param digest "sha256:" and a digest of the images used, their labels and their groups
     * @param images used images by class
     * @param parts used images by part of the grouped split: train, validation, test
     * @param groups groups of images that belong together, such as those of one patient
     * @param exactDuplicatePairs pairs of images of the same content
     * @param nearDuplicatePairs pairs of images that look alike
     * @param leftOut files that could not be used
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
     * What computed the features that the heads were trained on.
     *
     * @param name pytorch or onnx; their fp32 features are the same to 1e-5
     * @param precision fp32 or int8
     * @param quantisedBackbone "sha256:" and the SHA-256 of the int8 backbone on whose features the heads were trained;
     *     absent for fp32
     */
    public record FeatureEngine(String name, String precision, Optional<String> quantisedBackbone) {}

    /**
     * Heads trained on fp32 and on int8 features, measured on the validation part of the grouped split.
     *
     * @param fp32 the heads on fp32 features
     * @param int8 the heads on int8 features
     * @param passed whether no int8 figure is below the interval of the fp32 one
     * @param summary why, in words
     */
    public record PrecisionComparison(
            EvaluationFigures fp32,
            EvaluationFigures int8,
            boolean passed,
            @JsonAlias("verdict") String summary) {}

    /**
     * Another backbone's figures under the same splits.
     *
     * @param backbone where the backbone came from
     * @param evaluations its figures
     */
    public record Comparison(BackboneOrigin backbone, List<EvaluationFigures> evaluations) {

        public Comparison {
            evaluations = List.copyOf(evaluations);
        }
    }
}
