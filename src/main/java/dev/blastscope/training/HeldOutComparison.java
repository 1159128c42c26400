package dev.blastscope.training;

import dev.blastscope.prediction.SmearClass;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * How a candidate and the active model did on the same images, each by answers that it gave without having learned from
 * them or their like: those of its cross-validation, or fresh ones to images that are new to it.
 *
 * <p>A difference is absent where it is undefined, as the specificity is without benign images.
 *
 * @param images how many images of each class both were measured on, every class among them
 * @param groupsByClass how many groups of similar images have an image of each class, every class among them
 * @param groups how many groups these are in all
 * @param knownToActive how many images more the candidate answered and were left out, as the active model learned from
 *     their groups and has no out-of-fold answers for them
 * @param activeNotesItsTraining whether it is known what the active model was trained on; if not, it may know some of
 *     the images, so that its figures are optimistic
 * @param confidence the confidence of the intervals, such as 0.95
 * @param sensitivity the share of the malignant images that were called malignant
 * @param specificity the share of the benign images that were called benign
 * @param accuracy the share of all images whose class of four is right
 * @param calibrationError the expected calibration error of the served probabilities of malignancy; lower is better
 */
public record HeldOutComparison(
        Map<SmearClass, Integer> images,
        Map<SmearClass, Integer> groupsByClass,
        int groups,
        int knownToActive,
        boolean activeNotesItsTraining,
        double confidence,
        Optional<PairedDifference> sensitivity,
        Optional<PairedDifference> specificity,
        Optional<PairedDifference> accuracy,
        Optional<PairedDifference> calibrationError) {

    public HeldOutComparison {
        images = Collections.unmodifiableMap(new EnumMap<>(images));
        groupsByClass = Collections.unmodifiableMap(new EnumMap<>(groupsByClass));
    }

    /** What is counted of each class, 0 included. */
    static Map<SmearClass, Integer> byClass(ToIntFunction<SmearClass> count) {
        Map<SmearClass, Integer> counts = new EnumMap<>(SmearClass.class);
        for (SmearClass label : SmearClass.values()) {
            counts.put(label, count.applyAsInt(label));
        }
        return counts;
    }

    /**
     * A metric of two models on the same images, with the interval of what lies between them.
     *
     * @param candidate the metric of the one model, in [0, 1]
     * @param active the metric of the other, in [0, 1]
     * @param value candidate minus active, in [-1, 1]
     * @param low the lower end of its interval, in [-1, 1]
     * @param high the upper end of its interval, in [-1, 1]
     * @param n how many images the metric rests on
     * @param groups how many groups of similar images these are, the unit that counts as independent
     * @param differs whether the metric differs on any resample; if not, no group tells the models apart
     * @param interval how the interval was made
     */
    public record PairedDifference(
            double candidate,
            double active,
            double value,
            double low,
            double high,
            int n,
            int groups,
            boolean differs,
            String interval) {}
}
