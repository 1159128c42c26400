package dev.blastscope.network.onnx;

import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.safetensors.InvalidWeights;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * An int8 backbone, as an ONNX file from images to features.
 *
 * <p>Heads know the features of the one quantised backbone that they were trained with, and of no other.
 *
 * @param file the ONNX file's bytes, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on; its digest is what is compared.
public record QuantisedBackbone(byte[] file) {

    /** Quantises; equal weights and ranges give equal bytes. */
    public static QuantisedBackbone of(BackboneWeights weights, ActivationRanges ranges) {
        return new QuantisedBackbone(
                BackboneGraph.of(weights, new QuantisedArithmetic(ranges)).toBytes());
    }

    /**
     * The backbone whose features a model's heads know, if that is an int8 one.
     *
     * @throws InvalidWeights if the model's card names one that is not among its files
     */
    public static Optional<QuantisedBackbone> of(ModelFiles files, ModelCard card) throws InvalidWeights {
        Optional<String> named = card.engine().flatMap(ModelCard.FeatureEngine::quantisedBackbone);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Optional<QuantisedBackbone> found = files.quantised()
                .map(QuantisedBackbone::new)
                .filter(backbone -> backbone.digest().equals(named.get()));
        if (found.isEmpty()) {
            throw new InvalidWeights("The heads know the features of the int8 backbone " + named.get()
                    + ", which is not among the model's files. Publish the model again.");
        }
        return found;
    }

    /** "sha256:" and the digest of the file. */
    public String digest() {
        return "sha256:" + DigestUtils.sha256Hex(file);
    }
}
