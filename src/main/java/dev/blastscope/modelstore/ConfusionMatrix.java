package dev.blastscope.modelstore;

import java.util.List;

/**
 * How many images of each class were called what.
 *
 * @param classes the names of the classes, in the order of the rows and of the columns
 * @param counts images by truth (rows) and answer (columns)
 */
public record ConfusionMatrix(List<String> classes, List<List<Integer>> counts) {

    /** @throws IllegalArgumentException if there is not a row and a column for each class */
    public ConfusionMatrix {
        classes = List.copyOf(classes);
        counts = counts.stream().map(List::copyOf).toList();
        int size = classes.size();
        if (counts.size() != size || counts.stream().anyMatch(row -> row.size() != size)) {
            throw new IllegalArgumentException(
                    "a confusion matrix of %d classes has %d rows and %d columns".formatted(size, size, size));
        }
    }
}
