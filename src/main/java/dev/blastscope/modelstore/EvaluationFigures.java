package dev.blastscope.modelstore;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/** What a model achieved on one part of a split, as its model card reports it. */
@Schema(description = "What a model achieved on one part of a split")
public record EvaluationFigures(
        @Schema(
                description =
                        "\"grouped\" where similar images stay on one side, \"random\" where they may leak across",
                example = "grouped")
        String split,

        @Schema(description = "The part that was evaluated", example = "test")
        String part,

        @Schema(description = "Benign or malignant, on all images")
        MalignancyFigures malignancy,

        @Schema(description = "Which subtype, on the malignant images; absent if there are none")
        Optional<SubtypeFigures> subtype,

        @Schema(description = "The prediction of both heads together, on all images")
        FourClassFigures fourClass) {

    /** How well malignant smears are distinguished from benign ones, on all images. */
    public record MalignancyFigures(
            @Schema(description = "Number of images") int n,

            @Schema(description = "Groups of similar images among them, the unit that counts as independent")
            int groups,

            @Schema(description = "Share of the malignant images predicted malignant; absent if there are none")
            Optional<Figure> sensitivity,

            @Schema(description = "Share of the benign images predicted benign; absent if there are none")
            Optional<Figure> specificity,

            @Schema(
                    description =
                            "Probability that a malignant image scores above a benign one; absent unless there are"
                                    + " both")
            Optional<Figure> auroc,

            @Schema(description = "Expected calibration error of the uncalibrated logits")
            Figure eceBefore,

            @Schema(description = "Expected calibration error of the calibrated probabilities, as they are served")
            Figure eceAfter) {}

    /** How well the three subtypes are distinguished, on the truly malignant images, whatever the malignancy head predicts. */
    public record SubtypeFigures(
            @Schema(description = "Number of malignant images")
            int n,

            @Schema(description = "Groups of similar images among them, the unit that counts as independent")
            int groups,

            @Schema(description = "Share of the images whose subtype is right")
            Figure accuracy,

            @Schema(description = "Precision, recall and F1 of each subtype")
            List<ClassFigures> perClass,

            @Schema(description = "True subtype by predicted subtype")
            ConfusionMatrix confusion,

            @Schema(description = "Expected calibration error of the uncalibrated logits")
            Figure eceBefore,

            @Schema(description = "Expected calibration error of the calibrated probabilities, as they are served")
            Figure eceAfter) {

        public SubtypeFigures {
            perClass = List.copyOf(perClass);
        }
    }

    /** How well both heads together predict the class of a smear: benign where benign wins, else the winning subtype. */
    public record FourClassFigures(
            @Schema(description = "Number of images") int n,

            @Schema(description = "Groups of similar images among them, the unit that counts as independent")
            int groups,

            @Schema(description = "Share of the images whose class is right")
            Figure accuracy,

            @Schema(description = "Precision, recall and F1 of each class")
            List<ClassFigures> perClass,

            @Schema(description = "True class by predicted class")
            ConfusionMatrix confusion) {

        public FourClassFigures {
            perClass = List.copyOf(perClass);
        }
    }

    /** How well one class is distinguished from the others. */
    public record ClassFigures(
            @Schema(description = "The class", example = "PRE_B")
            String name,

            @Schema(description = "Number of images that truly are of this class")
            int n,

            @Schema(description = "Share of the images predicted as this class that are; absent if none was")
            Optional<Figure> precision,

            @Schema(description = "Share of the images of this class predicted so; absent if there are none")
            Optional<Figure> recall,

            @Schema(description = "Harmonic mean of both; absent if no image is or was predicted to be of this class")
            Optional<Figure> f1) {}

    /** How many images of each class were predicted as each class. */
    public record ConfusionMatrix(
            @Schema(description = "The classes, in the order of the rows and of the columns")
            List<String> classes,

            @Schema(description = "Images by true class (rows) and predicted class (columns)")
            List<List<Integer>> counts) {

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
     * <p>A metric that is undefined, such as the AUROC of images of one class, is an absent figure and never a NaN, which JSON
     * cannot write.
     */
    public record Figure(
            @Schema(description = "The metric, from 0 to 1", example = "0.969")
            double value,

            @Schema(description = "Lower end of its 95 % interval", example = "0.943")
            double low,

            @Schema(description = "Upper end of its 95 % interval", example = "0.988")
            double high,

            @Schema(description = "Number of images it was computed on, such as the malignant ones for the sensitivity")
            int n,

            @Schema(description = "How the interval was computed", example = "bootstrap over 41 groups, 2000 resamples")
            String interval) {

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
