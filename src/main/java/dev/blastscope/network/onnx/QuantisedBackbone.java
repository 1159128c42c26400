package dev.blastscope.network.onnx;

import dev.blastscope.network.BackboneWeights;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A backbone in 8-bit integers, as an ONNX file from images to features.
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

    /** "sha256:" and the digest of the file. */
    public String digest() {
        return "sha256:" + DigestUtils.sha256Hex(file);
    }
}
