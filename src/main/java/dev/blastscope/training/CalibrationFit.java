package dev.blastscope.training;

import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.LogOdds;
import dev.blastscope.prediction.Malignancy;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Fits a {@link Calibration} to images that the heads did not learn from.
 *
 * <p>The malignancy head's temperature and bias minimise the negative log-likelihood with both classes weighing the
 * same, as they do when the heads learn: the probabilities speak of a world where every other smear is malignant. An
 * image counts as its class with (n + 1) / (n + 2), n being how many there are of that class (Platt 1999), so that
 * heads without an error claim no more than so many images can show.
 */
final class CalibrationFit {

    static final double LOWEST = 0.05;
    static final double HIGHEST = 20;

    private static final int STEPS = 100;
    private static final double CLOSE = 1e-10;

    private CalibrationFit() {}

    /** Fits everything. */
    static Calibration of(List<LabelledLogits> images, TrainingSettings.OperatingPoint target) {
        return of(images, target, true, true);
    }

    /**
     * Fits what is asked for.
     *
     * @param malignancy whether to calibrate the malignancy head
     * @param subtype whether to calibrate the subtype head
     */
    static Calibration of(
            List<LabelledLogits> images, TrainingSettings.OperatingPoint target, boolean malignancy, boolean subtype) {
        Line line = malignancy ? line(images) : new Line(1, 0);
        double temperature = subtype ? Temperature.of(HeadLogits.ofSubtype(LabelledLogits.malignant(images))) : 1;
        Calibration calibration = new Calibration(1 / line.slope, line.bias, temperature, 0.5, 0.5);
        return calibration.withThreshold(threshold(images, calibration, target));
    }

    /** Newton's method on a convex function of two numbers, with steps halved until they descend. */
    private static Line line(List<LabelledLogits> images) {
        Likelihood likelihood = new Likelihood(images);
        if (likelihood.isOfOneClass()) {
            return new Line(1, 0);
        }
        Line line = new Line(1, 0);
        double loss = likelihood.loss(line);
        for (int step = 0; step < STEPS; step++) {
            double[] direction = likelihood.newton(line);
            double length = 1;
            Line next = line.moved(direction, length);
            while (likelihood.loss(next) > loss && length > CLOSE) {
                length /= 2;
                next = line.moved(direction, length);
            }
            double gain = loss - likelihood.loss(next);
            if (gain < CLOSE) {
                break;
            }
            line = next;
            loss -= gain;
        }
        return line;
    }

    /**
     * From the highest threshold that keeps the sensitivity and the lowest that keeps the specificity, the middle in
     * log-odds; where both cannot be kept, the one that keeps the sensitivity.
     */
    private static double threshold(
            List<LabelledLogits> images, Calibration calibration, TrainingSettings.OperatingPoint target) {
        double[] malignant = sorted(images, calibration, Malignancy.MALIGNANT);
        double[] benign = sorted(images, calibration, Malignancy.BENIGN);
        if (malignant.length == 0 || benign.length == 0) {
            return 0.5;
        }
        int missed = (int) ((1 - target.sensitivity()) * malignant.length);
        int alarms = (int) ((1 - target.specificity()) * benign.length);
        double sensitive = clamped(malignant[Math.min(missed, malignant.length - 1)]);
        double specific = clamped(benign[Math.max(0, benign.length - 1 - alarms)]);
        return specific < sensitive
                ? LogOdds.probability((LogOdds.of(sensitive) + LogOdds.of(specific)) / 2)
                : sensitive;
    }

    private static double[] sorted(List<LabelledLogits> images, Calibration calibration, Malignancy truth) {
        return images.stream()
                .filter(image -> image.truth().malignancy() == truth)
                .mapToDouble(image -> calibration.malignant(image.malignancy()))
                .sorted()
                .toArray();
    }

    private static double clamped(double probability) {
        double edge = 1e-6;
        return Math.max(edge, Math.min(1 - edge, probability));
    }

    /**
     * Calibrated log-odds as a line over the head's.
     *
     * @param slope 1 / temperature
     */
    private record Line(double slope, double bias) {

        Line moved(double[] direction, double length) {
            double moved = slope + length * direction[0];
            return new Line(Math.max(1 / HIGHEST, Math.min(1 / LOWEST, moved)), bias + length * direction[1]);
        }
    }

    /** Negative log-likelihood of smoothed targets, both classes weighing the same. */
    private static final class Likelihood {

        private final double[] logOdds;
        private final double[] targets;
        private final double[] weights;

        Likelihood(List<LabelledLogits> images) {
            long malignant = images.stream().filter(Likelihood::isMalignant).count();
            long benign = images.size() - malignant;
            logOdds = images.stream()
                    .mapToDouble(image -> (double) image.malignancy()[Malignancy.MALIGNANT.ordinal()]
                            - image.malignancy()[Malignancy.BENIGN.ordinal()])
                    .toArray();
            targets = images.stream()
                    .mapToDouble(image -> isMalignant(image) ? (malignant + 1.0) / (malignant + 2) : 1.0 / (benign + 2))
                    .toArray();
            weights = images.stream()
                    .mapToDouble(image -> 0.5 / (isMalignant(image) ? malignant : benign))
                    .toArray();
        }

        boolean isOfOneClass() {
            return DoubleStream.of(targets).distinct().count() < 2;
        }

        double loss(Line line) {
            double loss = 0;
            for (int i = 0; i < logOdds.length; i++) {
                double z = line.slope * logOdds[i] + line.bias;
                // log(1 + exp(z)) - target * z, without overflow.
                loss += weights[i] * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - targets[i] * z);
            }
            return loss;
        }

        /** Where Newton's step leads: slope and bias. */
        double[] newton(Line line) {
            double slope = 0;
            double bias = 0;
            double slopes = CLOSE;
            double both = 0;
            double biases = CLOSE;
            for (int i = 0; i < logOdds.length; i++) {
                double p = LogOdds.probability(line.slope * logOdds[i] + line.bias);
                double error = weights[i] * (p - targets[i]);
                double curvature = weights[i] * p * (1 - p);
                slope += error * logOdds[i];
                bias += error;
                slopes += curvature * logOdds[i] * logOdds[i];
                both += curvature * logOdds[i];
                biases += curvature;
            }
            double determinant = slopes * biases - both * both;
            return new double[] {
                (both * bias - biases * slope) / determinant, (both * slope - slopes * bias) / determinant
            };
        }

        private static boolean isMalignant(LabelledLogits image) {
            return image.truth().malignancy() == Malignancy.MALIGNANT;
        }
    }
}
