package dev.blastscope.network.onnx;

import dev.blastscope.image.SmearImage;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.NetworkInput;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.safetensors.Safetensors;
import dev.blastscope.safetensors.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * The ranges of a backbone's activations on sample images: all but one in 10,000 values at either end.
 *
 * <p>The rare values outside are clipped: to give them levels would take those from all the others.
 *
 * @param ends the low and the high end of each activation, in the order of the graph
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on and never compared.
public record ActivationRanges(float[] ends) {

    /** Two ends for each activation: images and stem, four for a block, one for each of the four projections. */
    public static final int ENDS = 2 * (2 + 4 * 16 + 4);

    private static final double RARE = 1e-4;
    private static final String TENSOR = "activations";
    private static final long[] SHAPE = {ENDS / 2, 2};

    /** @throws IllegalArgumentException if there are not {@link #ENDS} ends */
    public ActivationRanges {
        if (ends.length != ENDS) {
            throw new IllegalArgumentException("The ranges have " + ends.length + " ends, not " + ENDS);
        }
    }

    /**
     * Runs the backbone in floats on each image and counts its activations.
     *
     * @param images some 64, like those that the network will see
     * @param progress called with the number of images that are done
     * @throws NoSuchDevice if ONNX Runtime cannot be loaded
     */
    public static ActivationRanges measure(BackboneWeights weights, List<SmearImage> images, IntConsumer progress)
            throws NoSuchDevice {
        Arithmetic.Floats arithmetic = new Arithmetic.Floats();
        OnnxGraph graph = BackboneGraph.of(weights, arithmetic);
        Map<String, Histogram> histograms = new LinkedHashMap<>();
        arithmetic.activations().forEach(activation -> histograms.put(activation, new Histogram()));
        Histogram input = histograms.remove(BackboneGraph.IMAGES);
        histograms.keySet().forEach(graph::expose);
        try (OnnxSession session = new OnnxSession(graph.toBytes())) {
            for (int i = 0; i < images.size(); i++) {
                // One at a time: all activations of an image take some 70 MB.
                List<SmearImage> image = images.subList(i, i + 1);
                FloatBuffer planes = FloatBuffer.allocate(NetworkInput.size(1));
                NetworkInput.planes(image, planes);
                input.add(planes.array());
                session.run(image, histograms.keySet(), (activation, values) -> Objects.requireNonNull(
                                histograms.get(activation))
                        .add(values.array()));
                progress.accept(i + 1);
            }
        }
        float[] ends = new float[ENDS];
        int end = 0;
        ends[end++] = input.percentile(RARE);
        ends[end++] = input.percentile(1 - RARE);
        for (Histogram histogram : histograms.values()) {
            ends[end++] = histogram.percentile(RARE);
            ends[end++] = histogram.percentile(1 - RARE);
        }
        return new ActivationRanges(ends);
    }

    /**
     * Reads what {@link #toSafetensors} wrote.
     *
     * @throws InvalidWeights if the file is damaged or holds something else
     */
    public static ActivationRanges read(byte[] file) throws InvalidWeights {
        Safetensors safetensors = Safetensors.parse(file);
        safetensors.fit(Map.of(TENSOR, SHAPE), name -> false);
        return new ActivationRanges(safetensors.floats(TENSOR));
    }

    /** A safetensors file of one tensor, ({@link #ENDS} / 2, 2): the low and the high end of each activation. */
    public byte[] toSafetensors() {
        return Safetensors.write(Map.of(TENSOR, new Tensor(SHAPE, ends)), Map.of());
    }

    Quantisation quantisation(int activation) {
        return Quantisation.of(ends[2 * activation], ends[2 * activation + 1]);
    }

    /** What a quantised activation means: {@code value = scale * (q - zeroPoint)}, q in [0, 255]. */
    record Quantisation(float scale, int zeroPoint) {

        private static final int LEVELS = 255;

        /** Covers the range and 0, which is a level of its own: zero padding must stay exact. */
        static Quantisation of(float low, float high) {
            float from = Math.min(low, 0);
            float to = Math.max(high, 0);
            if (from == to) {
                return new Quantisation(1, 0);
            }
            float scale = (to - from) / LEVELS;
            return new Quantisation(scale, Math.round(-from / scale));
        }
    }

    /** Counts an activation's values in bins around 0, which double in width whenever a value lies outside of them. */
    private static final class Histogram {

        /** A multiple of 4, so that doubled bins are pairs of the old ones. */
        private static final int BINS = 1 << 14;

        private final long[] counts = new long[BINS];
        private float limit = 1f / BINS;
        private long total;

        /** @throws IllegalArgumentException if a value is infinite or NaN */
        void add(float[] values) {
            float largest = 0;
            for (float value : values) {
                largest = Math.max(largest, Math.abs(value));
            }
            if (!Float.isFinite(largest)) {
                throw new IllegalArgumentException("the backbone's activations overflow on an image of the data set");
            }
            while (limit <= largest) {
                widen();
            }
            float perUnit = BINS / 2 / limit;
            for (float value : values) {
                counts[Math.min(BINS - 1, (int) ((value + limit) * perUnit))]++;
            }
            total += values.length;
        }

        /** The value below which this share of all values lies, to within a bin. */
        float percentile(double share) {
            double rank = share * total;
            double below = 0;
            for (int bin = 0; bin < BINS; bin++) {
                if (counts[bin] > 0 && below + counts[bin] >= rank) {
                    double within = (rank - below) / counts[bin];
                    return (float) ((bin + within) * 2 * limit / BINS - limit);
                }
                below += counts[bin];
            }
            return limit;
        }

        private void widen() {
            long[] narrow = counts.clone();
            Arrays.fill(counts, 0);
            for (int bin = 0; bin < BINS; bin++) {
                counts[BINS / 4 + bin / 2] += narrow[bin];
            }
            limit *= 2;
        }
    }
}
