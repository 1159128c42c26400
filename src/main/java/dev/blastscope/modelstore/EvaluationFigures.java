package dev.blastscope.modelstore;

import java.util.List;
import java.util.Optional;

/**
 * What a model achieved on one part of a split, as its model card reports it.
 *
 * @param split "grouped" where similar images stay on one side, "random" where they may leak across
 * @param part the part that was evaluated
 * @param malignancy benign or malignant, on all images
 * @param subtype which subtype, on the malignant images; absent if there are none
 * @param fourClass the prediction of both heads together, on all images
 */
public record EvaluationFigures(
        String split,
        String part,
        MalignancyFigures malignancy,
        Optional<SubtypeFigures> subtype,
        FourClassFigures fourClass) {

    /**
     * How well malignant smears are distinguished from benign ones, on all images.
     *
     * @param n number of images
     * @param groups groups of similar images among them, the unit that counts as independent
     * @param sensitivity share of the malignant images predicted malignant; absent if there are none
     * @param specificity share of the benign images predicted benign; absent if there are none
     * @param auroc probability that a malignant image scores above a benign one; absent unless there are both
     * @param eceBefore expected calibration error of the uncalibrated logits
     * @param eceAfter expected calibration error of the calibrated probabilities, as they are served
     */
    public record MalignancyFigures(
            int n,
            int groups,
            Optional<Figure> sensitivity,
            Optional<Figure> specificity,
            Optional<Figure> auroc,
            Figure eceBefore,
            Figure eceAfter) {}

    /**
     * How well the three subtypes are distinguished, on the truly malignant images, whatever the malignancy head
     * predicts.
     *
     * @param n number of malignant images
     * @param groups groups of similar images among them, the unit that counts as independent
     * @param accuracy share of the images whose subtype is right
     * @param perClass precision, recall and F1 of each subtype
     * @param confusion true subtype by predicted subtype
     * @param eceBefore expected calibration error of the uncalibrated logits
     * @param eceAfter expected calibration error of the calibrated probabilities, as they are served
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

    /**
     * How well both heads together predict the class of a smear: benign where benign wins, else the winning subtype.
     *
     * @param n number of images
     * @param groups groups of similar images among them, the unit that counts as independent
     * @param accuracy share of the images whose class is right
     * @param perClass precision, recall and F1 of each class
     * @param confusion true class by predicted class
     */
    public record FourClassFigures(
            int n, int groups, Figure accuracy, List<ClassFigures> perClass, ConfusionMatrix confusion) {

        public FourClassFigures {
            perClass = List.copyOf(perClass);
        }
    }

    /**
     * How well changed copies of the images are predicted, each by what saw nothing of its image's group.
     *
     * @param change what was changed, such as NOISE
     * @param n number of copies
     * @param sensitivity share of the malignant ones predicted malignant; absent if there are none
     * @param specificity share of the benign ones predicted benign; absent if there are none
     * @param accuracy share of those whose class of four is right
     * @param wrongAndSure how many are of another class than predicted with a probability above 0.95
     */
    public record ChangeFigures(
            String change,
            int n,
            Optional<Figure> sensitivity,
            Optional<Figure> specificity,
            Figure accuracy,
            int wrongAndSure) {}

    /**
     * How well one class is distinguished from the others.
     *
     * @param name the class
     * @param n number of images that truly are of this class
     * @param precision share of the images predicted as this class that are; absent if none was
     * @param recall share of the images of this class predicted so; absent if there are none
     * @param f1 harmonic mean of both; absent if no image is or was predicted to be of this class
     */
    public record ClassFigures(
            String name, int n, Optional<Figure> precision, Optional<Figure> recall, Optional<Figure> f1) {}

    /**
     * How many images of each class were predicted as each class.
     *
     * @param classes the classes, in the order of the rows and of the columns
     * @param counts images by true class (rows) and predicted class (columns)
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

    /**
     * A metric with its 95 % interval.
     *
     * <p>A metric that is undefined, such as the AUROC of images of one class, is an absent figure and never a NaN,
     * which JSON cannot write.
     *
     * @param value the metric, from 0 to 1
     * @param low lower end of its 95 % interval
     * @param high upper end of its 95 % interval
     * @param n number of images it was computed on, such as the malignant ones for the sensitivity
     * @param groups independent groups of similar images among them; for the AUROC, of the rarer class
     * @param interval how the interval was computed
     */
    public record Figure(double value, double low, double high, int n, int groups, String interval) {

        /** @throws IllegalArgumentException if a number is outside [0, 1] or NaN, or there is no image */
        public Figure {
            if (!isProportion(value) || !isProportion(low) || !isProportion(high) || low > high) {
                throw new IllegalArgumentException(
                        "a figure and its interval lie in [0, 1], low end first; not %s [%s, %s]"
                                .formatted(value, low, high));
            }
            if (n < 1) {
                throw new IllegalArgumentException("a figure rests on at least one image, not on " + n);
            }
        }

        private static boolean isProportion(double number) {
            return number >= 0 && number <= 1;
        }
    }
}
