package dev.blastscope.training;

import dev.blastscope.dataset.Folds;
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
        List<OutOfFold.Copy> copies = new ArrayList<>();
        LabelledLogits[] answers = new LabelledLogits[images.images().size()];
        List<Integer> found = new ArrayList<>();
        for (int fold = 0; fold < folds.count(); fold++) {
            String remark = "fold " + (fold + 1) + " of " + folds.count();
            PartOfStage part = new PartOfStage(progress, 2L * fold * epochs, remark);
            int best = bestEpoch(folds, fold, part);
            part.after(epochs);
            found.add(best);
            List<Integer> judged = folds.judged(fold);
            PartOfStage refit = new PartOfStage(progress, (2L * fold + 1) * epochs, remark);
            Learner.Learned learned = trainer.learn(folds.taught(fold), best, refit);
            List<LabelledLogits> labelled = images.answers(learned.logits(judged), judged);
            for (int i = 0; i < judged.size(); i++) {
                answers[judged.get(i)] = labelled.get(i);
            }
            copies.addAll(copies(judged, learned));
            part.after(2L * epochs);
        }
        return new OutOfFold(Arrays.asList(answers), folds.foldOf(), copies, median(found));
    }

    private List<OutOfFold.Copy> copies(List<Integer> judged, Learner.Learned learned) throws InterruptedException {
        List<Integer> rows = new ArrayList<>();
        List<View> views = new ArrayList<>();
        List<Integer> originals = new ArrayList<>();
        for (int image : judged) {
            for (int row : trainer.copiesOf(image)) {
                views.add(View.of(images.images().get(image).image().sha256(), rows.size() % trainer.copies()));
                rows.add(row);
                originals.add(image);
            }
        }
        List<LabelledLogits> logits = rows.isEmpty() ? List.of() : images.answers(learned.logits(rows), originals);
        List<OutOfFold.Copy> copies = new ArrayList<>();
        for (int i = 0; i < logits.size(); i++) {
            copies.add(new OutOfFold.Copy(views.get(i), originals.get(i), logits.get(i)));
        }
        return copies;
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
}
