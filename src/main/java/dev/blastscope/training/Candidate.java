package dev.blastscope.training;

import dev.blastscope.dataset.Exclusion;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelVersion;
import dev.blastscope.modelstore.OutOfFoldAnswers;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.onnx.QuantisedBackbone;
import dev.blastscope.review.KnownCases;
import java.util.List;
import java.util.Optional;

/**
 * A trained model that is not published yet.
 *
 * @param backbone the backbone as a safetensors file
 * @param heads both heads as a safetensors file
 * @param quantised the int8 backbone whose features the heads know; empty if they know fp32 ones
 * @param trainedOn the images that it learned from
 * @param outOfFold what it answered to images that it had not learned from
 * @param earlier what the models answered that it was adapted from; empty where it was not
 * @param cases the images that it knows; empty if it was adapted from a model that does not know its own
 * @param card what it is and what it achieved; its version is given when it is published
 * @param problems what of the data set could not be used, and why
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes are handed on and never compared.
public record Candidate(
        byte[] backbone,
        byte[] heads,
        Optional<QuantisedBackbone> quantised,
        TrainingImageIndex trainedOn,
        OutOfFoldAnswers outOfFold,
        Optional<OutOfFoldAnswers> earlier,
        Optional<KnownCases> cases,
        ModelCard card,
        List<Exclusion> problems) {

    public Candidate {
        problems = List.copyOf(problems);
    }

    /** The same, with the id of the job that trained it on its card. */
    public Candidate ofTraining(String id) {
        return new Candidate(
                backbone, heads, quantised, trainedOn, outOfFold, earlier, cases, card.withTraining(id), problems);
    }

    /** Publishes the model under the next free version; it does not become active. */
    public ModelVersion publish(ModelStore store) {
        Optional<byte[]> int8 = quantised.map(QuantisedBackbone::file);
        Optional<byte[]> images = Optional.of(trainedOn.toBytes());
        Optional<byte[]> answers = Optional.of(outOfFold.toBytes());
        Optional<byte[]> before = earlier.map(OutOfFoldAnswers::toBytes);
        Optional<byte[]> known = cases.map(KnownCases::toSafetensors);
        return store.publish(version -> new ModelFiles(
                backbone, heads, card.withVersion(version).toJson(), int8, images, answers, before, known));
    }
}
