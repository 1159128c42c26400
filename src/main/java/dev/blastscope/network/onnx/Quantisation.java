package dev.blastscope.network.onnx;

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
