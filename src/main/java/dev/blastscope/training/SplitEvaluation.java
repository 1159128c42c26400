package dev.blastscope.training;

import dev.blastscope.dataset.Split;
import dev.blastscope.modelstore.ConfidenceHistogram;
import dev.blastscope.modelstore.EvaluationFigures;
import java.util.List;

/**
 * One training under one split, and how it did.
 *
 * @param validation the figures on the images that told when to stop and fitted the temperatures
 * @param test the figures on images that took no part
 * @param confidences how sure the calibrated malignancy head was on them
 */
record SplitEvaluation(
        Learner.Learned learned,
        Calibration calibration,
        EvaluationFigures validation,
        EvaluationFigures test,
        ConfidenceHistogram confidences) {

    static SplitEvaluation of(
            String name, Split split, GroupedImages images, Learner learner, TrainingProgress progress)
            throws InterruptedException {
        List<Integer> validation = split.indices(Split.Part.VALIDATION);
        List<Integer> test = split.indices(Split.Part.TEST);
        Learner.Learned learned = learner.learn(split.indices(Split.Part.TRAIN), validation, progress);
        List<LabelledLogits> answers = images.answers(learned.logits(validation), validation);
        Calibration calibration = Calibration.fit(answers);
        List<LabelledLogits> unseen = images.answers(learned.logits(test), test);
        Evaluation evaluation = new Evaluation(calibration);
        return new SplitEvaluation(
                learned,
                calibration,
                evaluation.of(name, "validation", answers),
                evaluation.of(name, "test", unseen),
                ConfidenceHistogram.of(
                        HeadLogits.ofMalignancy(unseen).confidences(calibration.malignancyTemperature())));
    }
}
