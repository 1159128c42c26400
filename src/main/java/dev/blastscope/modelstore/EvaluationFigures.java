package dev.blastscope.modelstore;

import java.util.Optional;

/**
 * What a model achieved on one part of a split, as its model card reports it.
 *
 * @param split "grouped" where similar images stay on one side, or "random" where they may leak across
 * @param part the part that was evaluated, such as "test"
 * @param malignancy benign or malignant, on all images
 * @param subtype which subtype, on the malignant images; absent if there is none
 * @param fourClass the answer of both heads together, on all images
 */
public record EvaluationFigures(
        String split,
        String part,
        MalignancyFigures malignancy,
        Optional<SubtypeFigures> subtype,
        FourClassFigures fourClass) {}
