package dev.blastscope.training;

import dev.blastscope.dataset.Exclusion;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelVersion;
import dev.blastscope.modelstore.OutOfFoldAnswers;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.onnx.QuantisedBackbone;
import java.util.List;
import java.util.Optional;

/**
 * A trained model that is not published yet.
 *
 * @param backbone the backbone as a safetensors file
 * @param heads both heads as a safetensors file
 * @param quantised the int8 backbone whose features the heads know; empty if they know fp32 ones
 * @param trainedOn the images that it learned from
 * @param outOfFold what its cross-validation answered; empty where there was none
 * @param card what it is and what it achieved; its version is given when it is published
 * @param problems what of the data set could not be used, and why
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes are handed on and never compared.
public record Candidate(
        byte[] backbone,
        byte[] heads,
        Optional<QuantisedBackbone> quantised,
        TrainingImageIndex trainedOn,
        Optional<OutOfFoldAnswers> outOfFold,
        ModelCard card,
        List<Exclusion> problems) {

    public Candidate {
        problems = List.copyOf(problems);
    }

    /** The same, with the id of the job that trained it on its card. */
    public Candidate ofTraining(String id) {
        return new Candidate(backbone, heads, quantised, trainedOn, outOfFold, card.withTraining(id), problems);
    }

    /** Publishes the model under the next free version; it does not become active. */
    public ModelVersion publish(ModelStore store) {
        Optional<byte[]> int8 = quantised.map(QuantisedBackbone::file);
        Optional<byte[]> images = Optional.of(trainedOn.toBytes());
        Optional<byte[]> answers = outOfFold.map(OutOfFoldAnswers::toBytes);
        return store.publish(version ->
                new ModelFiles(backbone, heads, card.withVersion(version).toJson(), int8, images, answers));
    }
}
