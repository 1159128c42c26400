package dev.blastscope.prediction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A score, divided among the parts of an image that it was computed from; scores and their parts add up, and so does
 * this.
 *
 * @param cells what each cell of the grid of {@value #SIDE} x {@value #SIDE} over the image adds, row after row
 * @param constant what is added whatever the image shows
 */
public record Evidence(List<Double> cells, double constant) {

    /** Rows and columns of the grid: those of the last feature map. */
    public static final int SIDE = 7;

    /** How many cells there are. */
    public static final int CELLS = SIDE * SIDE;

    /** @throws IllegalArgumentException if there are not {@link #CELLS} cells */
    public Evidence {
        cells = List.copyOf(cells);
        if (cells.size() != CELLS) {
            throw new IllegalArgumentException(cells.size() + " cells are not a grid of " + SIDE + " x " + SIDE);
        }
    }

    /** The whole score: the sum of the cells and of the constant. */
    public double score() {
        return cells.stream().mapToDouble(cell -> cell).sum() + constant;
    }

    public double cell(int row, int column) {
        return cells.get(row * SIDE + column);
    }

    /** The evidence for the mean of several scores. */
    public static Evidence mean(List<Evidence> scores) {
        Evidence sum = scores.get(0);
        for (Evidence other : scores.subList(1, scores.size())) {
            sum = sum.plus(other, 1);
        }
        return sum.times(1.0 / scores.size());
    }

    /** The evidence for this score less another one. */
    public Evidence minus(Evidence other) {
        return plus(other, -1);
    }

    /** The evidence for a multiple of this score. */
    public Evidence times(double factor) {
        return new Evidence(cells.stream().map(cell -> factor * cell).toList(), factor * constant);
    }

    /** The evidence for this score and a number more. */
    public Evidence plus(double number) {
        return new Evidence(cells, constant + number);
    }

    /** The same evidence with the cells elsewhere; {@code place} says where each goes, and no two to one place. */
    public Evidence moved(IntUnaryOperator place) {
        List<Double> moved = new ArrayList<>(Collections.nCopies(CELLS, 0.0));
        for (int cell = 0; cell < CELLS; cell++) {
            moved.set(place.applyAsInt(cell), cells.get(cell));
        }
        return new Evidence(moved, constant);
    }

    private Evidence plus(Evidence other, double factor) {
        return new Evidence(
                IntStream.range(0, CELLS)
                        .mapToObj(cell -> cells.get(cell) + factor * other.cells.get(cell))
                        .toList(),
                constant + factor * other.constant);
    }
}
