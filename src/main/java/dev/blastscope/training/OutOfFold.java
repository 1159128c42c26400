package dev.blastscope.training;

import dev.blastscope.prediction.Calibration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a cross-validation answered.
 *
 * @param logits by image, from heads that saw nothing of its fold
 * @param foldOf the fold of each image
 * @param copies the same of changed copies of the images, where the heads learned from such
 * @param epochs how many the folds needed, at the median
 */
record OutOfFold(List<LabelledLogits> logits, List<Integer> foldOf, List<Copy> copies, int epochs) {

    OutOfFold {
        logits = List.copyOf(logits);
        foldOf = List.copyOf(foldOf);
        copies = List.copyOf(copies);
    }

    /**
     * The answer to a changed copy.
     *
     * @param image the index of the image that it is a copy of
     */
    record Copy(View view, int image, LabelledLogits logits) {}

    /**
     * Calibrates on all answers. What makes the calibration error of answers that it was not fitted to worse is not
     * applied.
     */
    Calibrated calibrated(TrainingSettings.OperatingPoint target) {
        List<Answer> plain = Answer.of(logits, Calibration.NONE);
        List<Answer> fitted = crossFitted(target, true, true);
        boolean malignancy =
                ExpectedCalibrationError.ofMalignancy(fitted) < ExpectedCalibrationError.ofMalignancy(plain);
        boolean subtype = ExpectedCalibrationError.ofSubtype(fitted) < ExpectedCalibrationError.ofSubtype(plain);
        return new Calibrated(
                CalibrationFit.of(logits, target, malignancy, subtype),
                crossFitted(target, malignancy, subtype),
                plain,
                changed(target, malignancy, subtype),
                malignancy,
                subtype);
    }

    private Map<View, List<Answer>> changed(
            TrainingSettings.OperatingPoint target, boolean malignancy, boolean subtype) {
        List<Calibration> calibrations = calibrations(target, malignancy, subtype);
        Map<View, List<Answer>> changed = new EnumMap<>(View.class);
        for (Copy copy : copies) {
            changed.computeIfAbsent(copy.view, view -> new ArrayList<>())
                    .add(Answer.of(copy.logits, calibrations.get(foldOf.get(copy.image))));
        }
        return changed;
    }

    /** Each answer by a calibration and a threshold that were fitted to the answers of all other folds. */
    private List<Answer> crossFitted(TrainingSettings.OperatingPoint target, boolean malignancy, boolean subtype) {
        List<Calibration> calibrations = calibrations(target, malignancy, subtype);
        List<Answer> answers = new ArrayList<>(logits.size());
        for (int image = 0; image < logits.size(); image++) {
            answers.add(Answer.of(logits.get(image), calibrations.get(foldOf.get(image))));
        }
        return answers;
    }

    /** By fold, what was fitted to the answers of all others. */
    private List<Calibration> calibrations(
            TrainingSettings.OperatingPoint target, boolean malignancy, boolean subtype) {
        int folds = 1 + foldOf.stream().mapToInt(Integer::intValue).max().orElseThrow();
        return IntStream.range(0, folds)
                .mapToObj(fold -> CalibrationFit.of(others(fold), target, malignancy, subtype))
                .toList();
    }

    private List<LabelledLogits> others(int fold) {
        return IntStream.range(0, logits.size())
                .filter(image -> foldOf.get(image) != fold)
                .mapToObj(logits::get)
                .toList();
    }

    /**
     * The answers after calibration.
     *
     * @param calibration fitted to all of them, for the model
     * @param answers by image, each by a calibration and a threshold that its fold had no part in, for the figures
     * @param plain the same without calibration
     * @param changed by change, those to changed copies, likewise
     * @param malignancy whether the malignancy head is calibrated
     * @param subtype whether the subtype head is
     */
    record Calibrated(
            Calibration calibration,
            List<Answer> answers,
            List<Answer> plain,
            Map<View, List<Answer>> changed,
            boolean malignancy,
            boolean subtype) {

        Calibrated {
            answers = List.copyOf(answers);
            plain = List.copyOf(plain);
        }
    }
}
