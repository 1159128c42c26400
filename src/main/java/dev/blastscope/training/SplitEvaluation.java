package dev.blastscope.training;

import dev.blastscope.dataset.Split;
import dev.blastscope.modelstore.ConfidenceHistogram;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.prediction.Calibration;
import java.util.List;

/**
 * One training under one split, and how it did.
 *
 * @param test the figures on images that took no part
 * @param answers to these images, in their order
 * @param confidences how sure the calibrated malignancy head was on them
 */
record SplitEvaluation(
        Learner.Learned learned,
        Calibration calibration,
        EvaluationFigures test,
        List<Answer> answers,
        ConfidenceHistogram confidences) {

    static SplitEvaluation of(
            String name,
            Split split,
            GroupedImages images,
            Learner learner,
            TrainingSettings.OperatingPoint target,
            TrainingProgress progress)
            throws InterruptedException {
        List<Integer> validation = split.indices(Split.Part.VALIDATION);
        List<Integer> test = split.indices(Split.Part.TEST);
        Learner.Learned learned = learner.learn(split.indices(Split.Part.TRAIN), validation, progress);
        List<LabelledLogits> answers = images.answers(learned.logits(validation), validation);
        Calibration calibration = CalibrationFit.of(answers, target);
        List<LabelledLogits> unseen = images.answers(learned.logits(test), test);
        List<Answer> judged = Answer.of(unseen, calibration);
        return new SplitEvaluation(
                learned,
                calibration,
                Evaluation.of(name, "test", unseen, calibration),
                judged,
                ConfidenceHistogram.of(
                        judged.stream().mapToDouble(Answer::confidence).toArray()));
    }
}
