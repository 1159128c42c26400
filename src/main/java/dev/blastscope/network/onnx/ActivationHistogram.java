package dev.blastscope.network.onnx;

import java.util.Arrays;

/** Counts an activation's values in bins around 0, which double in width whenever a value lies outside of them. */
final class ActivationHistogram {

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
