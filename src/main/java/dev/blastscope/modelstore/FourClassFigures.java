package dev.blastscope.modelstore;

import java.util.List;

/**
 * How well both heads together name the class of a smear: benign where benign wins, else the subtype that wins.
 *
 * @param n how many images
 * @param groups how many groups of similar images these are, the unit that counts as independent
 * @param accuracy the share of the images whose class is right
 * @param perClass precision, recall and F1 of each class
 * @param confusion true class by answered class
 */
public record FourClassFigures(
        int n, int groups, Figure accuracy, List<ClassFigures> perClass, ConfusionMatrix confusion) {

    public FourClassFigures {
        perClass = List.copyOf(perClass);
    }
}
