package dev.blastscope.modelstore;

import java.util.Optional;

/**
 * How well malignant smears are told from benign ones, on all images.
 *
 * @param n how many images
 * @param groups how many groups of similar images these are, the unit that counts as independent
 * @param sensitivity the share of the malignant images that were called malignant; absent if there is none
 * @param specificity the share of the benign images that were called benign; absent if there is none
 * @param auroc the probability that a malignant image scores above a benign one; absent unless there are both
 * @param eceBefore expected calibration error of the logits as the network gives them
 * @param eceAfter expected calibration error of the served, temperature-scaled probabilities
 */
public record MalignancyFigures(
        int n,
        int groups,
        Optional<Figure> sensitivity,
        Optional<Figure> specificity,
        Optional<Figure> auroc,
        Figure eceBefore,
        Figure eceAfter) {}
