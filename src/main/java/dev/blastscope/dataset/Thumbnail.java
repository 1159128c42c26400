package dev.blastscope.dataset;

/**
 * A small grey picture of an image, kept with zero mean and unit norm so that comparing two is one dot product.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Thumbnail {

    /** Width and height in pixels. */
    public static final int SIZE = 32;

    // Below this share of the energy the variation is rounding, not picture.
    private static final double SMALLEST_VARIATION = 1e-9;

    private final float[] pixels;

    private Thumbnail(float[] pixels) {
        this.pixels = pixels;
    }

    /**
     * Keeps a picture of {@link #SIZE} x {@link #SIZE} grey values, row by row, in any unit.
     *
     * @throws IllegalArgumentException when the number of values is another
     */
    public static Thumbnail of(float[] grey) {
        if (grey.length != SIZE * SIZE) {
            throw new IllegalArgumentException("A thumbnail has " + SIZE * SIZE + " values, not " + grey.length);
        }
        double sum = 0;
        double energy = 0;
        for (float value : grey) {
            sum += value;
            energy += (double) value * value;
        }
        double mean = sum / grey.length;
        double variation = energy - sum * mean;
        // A blank picture resembles nothing: all zeros correlate 0 with everything.
        double scale = variation > SMALLEST_VARIATION * energy ? 1 / Math.sqrt(variation) : 0;
        float[] pixels = new float[grey.length];
        for (int i = 0; i < grey.length; i++) {
            pixels[i] = (float) ((grey[i] - mean) * scale);
        }
        return new Thumbnail(pixels);
    }

    /** Pearson's correlation of the two pictures, in [-1, 1] up to rounding; 0 when either is blank. */
    public float correlation(Thumbnail other) {
        float[] a = pixels;
        float[] b = other.pixels;
        // One accumulator would make each addition wait for the one before it; eight keep the processor busy.
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        for (int i = 0; i < SIZE * SIZE; i += 8) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
            s4 += a[i + 4] * b[i + 4];
            s5 += a[i + 5] * b[i + 5];
            s6 += a[i + 6] * b[i + 6];
            s7 += a[i + 7] * b[i + 7];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }
}
