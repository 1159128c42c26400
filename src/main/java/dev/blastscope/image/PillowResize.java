package dev.blastscope.image;

import java.util.Arrays;

/**
 * Antialiased bilinear resizing that equals Pillow's {@code Image.resize(size, BILINEAR)} bit for bit.
 *
 * <p>A triangle filter as wide as the shrinking demands, applied along the rows and then down the columns in fixed
 * point, with the samples rounded to 8 bits in between. Source: Pillow's {@code src/libImaging/Resample.c}.
 */
final class PillowResize {

    private static final int PRECISION_BITS = 32 - 8 - 2;
    private static final int HALF = 1 << (PRECISION_BITS - 1);

    private PillowResize() {}

    /** The image squashed or stretched to {@code width x height}; its samples row after row. */
    static byte[] resize(PixelRows image, int width, int height) {
        byte[] narrowed = alongRows(image, width);
        return image.height() == height ? narrowed : downColumns(narrowed, image.height(), height);
    }

    private static byte[] alongRows(PixelRows image, int width) {
        int bands = image.bands();
        byte[] result = new byte[image.height() * width * bands];
        byte[] row = new byte[image.width() * bands];
        Filter filter = new Filter(image.width(), width);
        for (int y = 0; y < image.height(); y++) {
            image.read(y, row);
            int start = y * width * bands;
            if (image.width() == width) {
                System.arraycopy(row, 0, result, start, row.length);
            } else {
                filterRow(filter, row, bands, result, start);
            }
        }
        return result;
    }

    private static void filterRow(Filter filter, byte[] row, int bands, byte[] result, int start) {
        for (int x = 0; x < filter.weights.length; x++) {
            int[] weights = filter.weights[x];
            for (int band = 0; band < bands; band++) {
                int sum = HALF;
                int from = filter.first[x] * bands + band;
                for (int k = 0; k < weights.length; k++) {
                    sum += (row[from + k * bands] & 0xFF) * weights[k];
                }
                result[start + x * bands + band] = clip(sum);
            }
        }
    }

    private static byte[] downColumns(byte[] samples, int fromHeight, int toHeight) {
        int rowLength = samples.length / fromHeight;
        byte[] result = new byte[toHeight * rowLength];
        Filter filter = new Filter(fromHeight, toHeight);
        int[] sums = new int[rowLength];
        for (int y = 0; y < toHeight; y++) {
            Arrays.fill(sums, HALF);
            for (int k = 0; k < filter.weights[y].length; k++) {
                int weight = filter.weights[y][k];
                int from = (filter.first[y] + k) * rowLength;
                for (int i = 0; i < rowLength; i++) {
                    sums[i] += (samples[from + i] & 0xFF) * weight;
                }
            }
            for (int i = 0; i < rowLength; i++) {
                result[y * rowLength + i] = clip(sums[i]);
            }
        }
        return result;
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> PRECISION_BITS));
    }

    /** For each target position, the first source position that it sees and the fixed-point weights from there on. */
    private static final class Filter {

        final int[] first;
        final int[][] weights;

        Filter(int fromSize, int toSize) {
            first = new int[toSize];
            weights = new int[toSize][];
            double scale = (double) fromSize / toSize;
            double support = Math.max(1.0, scale);
            for (int i = 0; i < toSize; i++) {
                double centre = (i + 0.5) * scale;
                first[i] = Math.max(0, (int) (centre - support + 0.5));
                int end = Math.min(fromSize, (int) (centre + support + 0.5));
                weights[i] = fixedPoint(triangle(first[i], end, centre, 1.0 / support));
            }
        }

        private static double[] triangle(int from, int to, double centre, double steepness) {
            double[] weights = new double[to - from];
            for (int k = 0; k < weights.length; k++) {
                weights[k] = Math.max(0, 1.0 - Math.abs((k + from - centre + 0.5) * steepness));
            }
            return weights;
        }

        private static int[] fixedPoint(double[] weights) {
            double sum = 0;
            for (double weight : weights) {
                sum += weight;
            }
            int[] fixed = new int[weights.length];
            for (int k = 0; k < weights.length; k++) {
                fixed[k] = (int) (0.5 + weights[k] / sum * (1 << PRECISION_BITS));
            }
            return fixed;
        }
    }
}
