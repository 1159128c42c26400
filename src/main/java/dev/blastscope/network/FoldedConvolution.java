package dev.blastscope.network;

import dev.blastscope.safetensors.Tensor;

/**
 * A convolution with the batch norm that follows it folded in, in double precision.
 *
 * <p>{@code w' = w * gamma / sqrt(var + eps)}, {@code b' = beta - mean * gamma / sqrt(var + eps)} (Jacob et al. 2018,
 * arXiv 1712.05877, section 3.2).
 *
 * @param weight (filters, channels, kernel, kernel), row-major
 * @param bias (filters)
 * @param kernel height and width; the padding is half of it
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on and never compared.
public record FoldedConvolution(float[] weight, float[] bias, int filters, int channels, int kernel, int stride) {

    private static final double EPSILON = 1e-5;

    static FoldedConvolution of(BackboneWeights weights, String convolution, String norm, int stride) {
        Tensor tensor = weights.tensor(convolution + ".weight"); // (O, I, K, K)
        float[] weight = tensor.values();
        float[] gamma = weights.tensor(norm + ".weight").values();
        float[] beta = weights.tensor(norm + ".bias").values();
        float[] mean = weights.tensor(norm + ".running_mean").values();
        float[] variance = weights.tensor(norm + ".running_var").values();
        float[] folded = new float[weight.length];
        float[] bias = new float[gamma.length];
        int perFilter = weight.length / bias.length;
        for (int o = 0; o < bias.length; o++) {
            double scale = gamma[o] / Math.sqrt(variance[o] + EPSILON);
            bias[o] = (float) (beta[o] - mean[o] * scale);
            for (int i = o * perFilter; i < (o + 1) * perFilter; i++) {
                folded[i] = (float) (weight[i] * scale);
            }
        }
        long[] shape = tensor.shape();
        return new FoldedConvolution(folded, bias, bias.length, (int) shape[1], (int) shape[2], stride);
    }

    public int padding() {
        return kernel / 2;
    }

    /** The weights as (filters, kernel, kernel, channels). */
    float[] channelsLast() {
        int area = kernel * kernel;
        float[] last = new float[weight.length];
        int from = 0;
        for (int o = 0; o < filters; o++) {
            for (int i = 0; i < channels; i++) {
                for (int k = 0; k < area; k++) {
                    last[(o * area + k) * channels + i] = weight[from++];
                }
            }
        }
        return last;
    }
}
