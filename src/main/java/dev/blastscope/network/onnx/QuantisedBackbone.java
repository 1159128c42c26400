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
     * The backbone whose features a model's heads know, if that is an int8 one: made again of the model's backbone and
     * ranges.
     *
     * @throws InvalidWeights if that does not make the one which the model's card names
     */
    public static Optional<QuantisedBackbone> of(ModelFiles files, ModelCard card) throws InvalidWeights {
        Optional<String> named = card.engine().flatMap(ModelCard.FeatureEngine::quantisedBackbone);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        if (files.ranges().isPresent()) {
            QuantisedBackbone made = of(
                    BackboneWeights.read(files.backbone()),
                    ActivationRanges.read(files.ranges().get()));
            if (made.digest().equals(named.get())) {
                return Optional.of(made);
            }
        }
        throw new InvalidWeights("The heads know the features of the int8 backbone " + named.get()
                + ", which the model's files do not make. Publish the model again.");
    }

    /** "sha256:" and the digest of the file. */
    public String digest() {
        return "sha256:" + DigestUtils.sha256Hex(file);
    }
}
