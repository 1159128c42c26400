package dev.blastscope.modelstore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How confident a model was on images that took no part in its training: a histogram of the calibrated probability of
 * the malignancy that it predicted.
 *
 * @param edges the edges between the bins, ascending, between 0 and 1; each belongs to the bin below it
 * @param images the number of images in each bin; there is one bin more than edges
 */
public record ConfidenceHistogram(List<Double> edges, List<Integer> images) {

    /** As many as a population stability index is usually read by. */
    private static final int BINS = 10;

    /** @throws IllegalArgumentException if the edges do not ascend in (0, 1), or a bin has no number of images */
    public ConfidenceHistogram {
        edges = List.copyOf(edges);
        images = List.copyOf(images);
        if (images.size() != edges.size() + 1 || images.stream().anyMatch(bin -> bin < 0)) {
            throw new IllegalArgumentException(
                    "a confidence histogram has a number of images, 0 or more, for each bin");
        }
        double before = 0;
        for (double edge : edges) {
            if (!(edge > before && edge < 1)) {
                throw new IllegalArgumentException("the edges of a confidence histogram ascend in (0, 1)");
            }
            before = edge;
        }
    }

    /**
     * Bins that hold a tenth of the images each, as near as equal confidences allow.
     *
     * @param confidences one for each image, in (0, 1]; at least one
     */
    public static ConfidenceHistogram of(double[] confidences) {
        double[] sorted = confidences.clone();
        Arrays.sort(sorted);
        List<Double> edges = new ArrayList<>();
        for (int bin = 1; bin < BINS; bin++) {
            double edge = sorted[(sorted.length - 1) * bin / BINS];
            if (edge < sorted[sorted.length - 1] && (edges.isEmpty() || edge > edges.get(edges.size() - 1))) {
                edges.add(edge);
            }
        }
        Integer[] images = new Integer[edges.size() + 1];
        Arrays.fill(images, 0);
        ConfidenceHistogram empty = new ConfidenceHistogram(edges, List.of(images));
        DoubleStream.of(sorted).mapToInt(empty::bin).forEach(bin -> images[bin]++);
        return new ConfidenceHistogram(edges, List.of(images));
    }

    /** The bin that a confidence lies in. */
    public int bin(double confidence) {
        int bin = 0;
        while (bin < edges.size() && confidence > edges.get(bin)) {
            bin++;
        }
        return bin;
    }

    /** How many images these are. */
    public int total() {
        return images.stream().mapToInt(Integer::intValue).sum();
    }
}
