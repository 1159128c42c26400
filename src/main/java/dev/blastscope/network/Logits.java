package dev.blastscope.network;

/**
 * What the two heads say of one image, before calibration.
 *
 * @param malignancy 2 logits in the order of {@link dev.blastscope.prediction.Malignancy}
 * @param subtype 3 logits in the order of {@link dev.blastscope.prediction.Subtype}
 */
@SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
public record Logits(float[] malignancy, float[] subtype) {}
