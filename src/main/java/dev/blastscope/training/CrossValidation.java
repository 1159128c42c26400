package dev.blastscope.training;

import dev.blastscope.dataset.Folds;
import dev.blastscope.network.ServingNetwork.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/**
 * Trains heads for each fold and lets them judge its images, so that each image is judged once by heads that saw
 * nothing of its fold.
 *
 * <p>For each fold, heads first learn without the fold and without the next one, which tells when to stop; then fresh
 * heads learn for so many epochs from both. No image that a fold judges has decided anything for it.
 */
record CrossValidation(GroupedImages images, HeadTrainer trainer) {

    /** How many steps it takes at most. */
    static long steps(int folds, int epochs) {
        return 2L * folds * epochs;
    }

    /** @throws InterruptedException if the thread was interrupted */
    OutOfFold run(Folds folds, TrainingProgress progress) throws InterruptedException {
        int epochs = trainer.settings().epochs();
        progress.begin(TrainingProgress.HEADS, steps(folds.count(), epochs));
        LabelledLogits[] answers = new LabelledLogits[images.images().size()];
        List<Integer> found = new ArrayList<>();
        for (int fold = 0; fold < folds.count(); fold++) {
            String remark = "fold " + (fold + 1) + " of " + folds.count();
            PartOfStage part = new PartOfStage(progress, 2L * fold * epochs, remark);
            int best = bestEpoch(folds, fold, part);
            part.after(epochs);
            found.add(best);
            List<Integer> judged = folds.judged(fold);
            List<Logits> logits = trainer.learn(
                            folds.taught(fold), best, new PartOfStage(progress, (2L * fold + 1) * epochs, remark))
                    .logits(judged);
            List<LabelledLogits> labelled = images.answers(logits, judged);
            for (int i = 0; i < judged.size(); i++) {
                answers[judged.get(i)] = labelled.get(i);
            }
            part.after(2L * epochs);
        }
        return new OutOfFold(Arrays.asList(answers), folds.foldOf(), median(found));
    }

    private int bestEpoch(Folds folds, int fold, TrainingProgress progress) throws InterruptedException {
        int stopping = folds.stopping(fold);
        List<Integer> train = new ArrayList<>(folds.taught(fold));
        train.retainAll(new HashSet<>(folds.taught(stopping)));
        List<Integer> validation = folds.judged(stopping);
        return Math.max(1, trainer.best(train, validation, progress).epoch());
    }

    private static int median(List<Integer> epochs) {
        List<Integer> sorted = new ArrayList<>(epochs);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /**
     * One of several trainings within a stage.
     *
     * @param before the stage's steps before it
     */
    private record PartOfStage(TrainingProgress stage, long before, String remark) implements TrainingProgress {

        @Override
        public void begin(String name, long total) {
            // It began with the stage.
        }

        @Override
        public void done(long done, String ofEpoch) {
            stage.done(before + done, ofEpoch.isEmpty() ? remark : remark + ", " + ofEpoch);
        }

        @Override
        public void losses(double training, double validation) {
            stage.losses(training, validation);
        }

        /** Skips what an early stop left. */
        void after(long steps) {
            stage.done(before + steps, remark);
        }
    }
}
