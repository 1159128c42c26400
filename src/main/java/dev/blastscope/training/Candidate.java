package dev.blastscope.training;

import dev.blastscope.dataset.Exclusion;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelVersion;
import dev.blastscope.modelstore.OutOfFoldAnswers;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.onnx.ActivationRanges;
import dev.blastscope.review.KnownCases;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trained model that is not published yet.
 *
 * @param backbone the backbone as a safetensors file
 * @param trainedOn the images that it learned from
 * @param fp32 what was learned on its fp32 features
 * @param int8 what was learned on its int8 features; empty where that was not tried or did worse
 * @param problems what of the data set could not be used, and why
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes are handed on and never compared.
public record Candidate(
        byte[] backbone,
        TrainingImageIndex trainedOn,
        Rendition fp32,
        Optional<Rendition> int8,
        List<Exclusion> problems) {

    public Candidate {
        problems = List.copyOf(problems);
    }

    /** What is served on the machine that trained it. */
    public Rendition served() {
        return int8.orElse(fp32);
    }

    /** The same, with the id of the job that trained it on its cards. */
    public Candidate ofTraining(String id) {
        return new Candidate(
                backbone, trainedOn, fp32.ofTraining(id), int8.map(rendition -> rendition.ofTraining(id)), problems);
    }

    /** Publishes the model under the next free version; it does not become active. */
    public ModelVersion publish(ModelStore store) {
        byte[] images = trainedOn.toBytes();
        return store.publish(version -> {
            Map<Precision, ModelFiles> files = new EnumMap<>(Precision.class);
            files.put(Precision.FP32, fp32.files(backbone, images, version));
            int8.ifPresent(rendition -> files.put(Precision.INT8, rendition.files(backbone, images, version)));
            return files;
        });
    }

    /**
     * What was learned on the features in one precision.
     *
     * @param heads both heads as a safetensors file
     * @param ranges of the activations of an int8 backbone; empty in fp32
     * @param outOfFold what the heads answered to images that they had not learned from
     * @param earlier what the models answered that they were adapted from; empty where they were not
     * @param cases the images that they know; empty if they were adapted from a model that does not know its own
     * @param card what they are and what they achieved; the version is given when the model is published
     */
    @SuppressWarnings("ArrayRecordComponent") // The bytes are handed on and never compared.
    public record Rendition(
            byte[] heads,
            Optional<ActivationRanges> ranges,
            OutOfFoldAnswers outOfFold,
            Optional<OutOfFoldAnswers> earlier,
            Optional<KnownCases> cases,
            ModelCard card) {

        private Rendition ofTraining(String id) {
            return new Rendition(heads, ranges, outOfFold, earlier, cases, card.withTraining(id));
        }

        private ModelFiles files(byte[] backbone, byte[] trainedOn, String version) {
            return new ModelFiles(
                    backbone,
                    heads,
                    card.withVersion(version).toJson(),
                    ranges.map(ActivationRanges::toSafetensors),
                    Optional.of(trainedOn),
                    Optional.of(outOfFold.toBytes()),
                    earlier.map(OutOfFoldAnswers::toBytes),
                    cases.map(KnownCases::toSafetensors));
        }
    }
}
