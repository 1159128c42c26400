package dev.blastscope.modelstore;

import java.util.List;

/**
 * How well the three subtypes are told apart, on the truly malignant images and whatever the malignancy head says.
 *
 * @param n how many malignant images
 * @param groups how many groups of similar images these are, the unit that counts as independent
 * @param accuracy the share of the images whose subtype is right
 * @param perClass precision, recall and F1 of each subtype
 * @param confusion true subtype by answered subtype
 * @param eceBefore expected calibration error of the logits as the network gives them
 * @param eceAfter expected calibration error of the served, temperature-scaled probabilities
 */
public record SubtypeFigures(
        int n,
        int groups,
        Figure accuracy,
        List<ClassFigures> perClass,
        ConfusionMatrix confusion,
        Figure eceBefore,
        Figure eceAfter) {

    public SubtypeFigures {
        perClass = List.copyOf(perClass);
    }
}
