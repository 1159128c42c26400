package dev.blastscope.training;

import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.prediction.Subtype;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The targets of both heads: a row for each image, its class's weight at the right class and 0 elsewhere.
 *
 * <p>Classes weigh n / (k * n_c), so that each counts the same however rare it is (scikit-learn's "balanced"). A benign
 * image's subtype row is all 0: the subtype loss does not see it.
 */
final class WeightedLabels {

    private final float[][] malignancy;
    private final float[][] subtype;

    /**
     * @param labels the label of each image
     * @param train the images that the classes' frequencies are counted on
     */
    WeightedLabels(List<SmearClass> labels, List<Integer> train) {
        malignancy = rows(labels, train, Malignancy.values().length, label -> label.malignancy()
                .ordinal());
        subtype = rows(labels, train, Subtype.values().length, label -> label.subtype()
                .map(Subtype::ordinal)
                .orElse(-1));
    }

    private WeightedLabels(float[][] malignancy, float[][] subtype) {
        this.malignancy = malignancy;
        this.subtype = subtype;
    }

    /**
     * These rows and after them, image by image, those of so many changed copies of each.
     *
     * @param weight what all copies of an image count together, beside 1 for the image
     */
    WeightedLabels withCopies(int copies, float weight) {
        return copies == 0
                ? this
                : new WeightedLabels(
                        withCopies(malignancy, copies, weight / copies), withCopies(subtype, copies, weight / copies));
    }

    private static float[][] withCopies(float[][] rows, int copies, float weight) {
        float[][] all = Arrays.copyOf(rows, rows.length * (1 + copies));
        for (int image = 0; image < rows.length; image++) {
            float[] copy = rows[image].clone();
            for (int c = 0; c < copy.length; c++) {
                copy[c] *= weight;
            }
            for (int i = 0; i < copies; i++) {
                all[rows.length + image * copies + i] = copy;
            }
        }
        return all;
    }

    /** (images, 2). */
    float[][] malignancy(List<Integer> images) {
        return images.stream().map(image -> malignancy[image]).toArray(float[][]::new);
    }

    /** (images, 3). */
    float[][] subtype(List<Integer> images) {
        return images.stream().map(image -> subtype[image]).toArray(float[][]::new);
    }

    private static float[][] rows(
            List<SmearClass> labels, List<Integer> train, int classes, ToIntFunction<SmearClass> answer) {
        int[] counts = new int[classes];
        for (int image : train) {
            int c = answer.applyAsInt(labels.get(image));
            if (c >= 0) {
                counts[c]++;
            }
        }
        int counted = IntStream.of(counts).sum();
        float[][] rows = new float[labels.size()][classes];
        for (int image = 0; image < rows.length; image++) {
            int c = answer.applyAsInt(labels.get(image));
            if (c >= 0 && counts[c] > 0) {
                rows[image][c] = (float) counted / (classes * counts[c]);
            }
        }
        return rows;
    }
}
