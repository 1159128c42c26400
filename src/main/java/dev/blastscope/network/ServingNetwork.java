package dev.blastscope.network;

import dev.blastscope.image.SmearImage;
import java.util.List;

/**
 * Backbone and both heads in memory, one forward pass, plain Java in and out; safe for use by several threads until it
 * is closed, which frees its native memory.
 */
public interface ServingNetwork extends AutoCloseable {

    /** What the network makes of each image, in the images' order. */
    List<Output> run(List<SmearImage> images);

    @Override
    void close();

    /**
     * What the network makes of one image.
     *
     * @param features 2048, pooled, which both heads see
     * @param logits of both heads
     */
    @SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
    record Output(float[] features, Logits logits) {}

    /**
     * What the two heads say of one image, before calibration.
     *
     * @param malignancy 2 logits in the order of {@link dev.blastscope.prediction.Malignancy}
     * @param subtype 3 logits in the order of {@link dev.blastscope.prediction.Subtype}
     */
    @SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
    record Logits(float[] malignancy, float[] subtype) {

        /** The mean of each logit over several views of one image. */
        public static Logits mean(List<Logits> views) {
            return new Logits(
                    meanOf(views.stream().map(Logits::malignancy).toList()),
                    meanOf(views.stream().map(Logits::subtype).toList()));
        }

        private static float[] meanOf(List<float[]> logits) {
            float[] mean = new float[logits.get(0).length];
            for (float[] one : logits) {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += one[i] / logits.size();
                }
            }
            return mean;
        }
    }
}
