package dev.blastscope.dataset;

import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.List;

/** What a data set must have before a model can be trained on it and measured. */
final class DatasetRules {

    /** Each class needs a group to learn from, one that says when to stop, and one to be judged by, in turn. */
    static final int FEWEST_GROUPS = Split.Part.values().length;

    private DatasetRules() {}

    /**
     * Checks what is left when all that cannot be used is left out.
     *
     * @param groups the group of each image, see {@link SimilarityGroups#groupOf()}
     * @param labels the label of each image
     * @param problems what was left out, and why
     * @throws DatasetRejected naming every class that is missing or too small
     */
    static void requireTrainable(List<Integer> groups, List<SmearClass> labels, List<Exclusion> problems)
            throws DatasetRejected {
        List<Split.ImageGroup> all = Split.ImageGroup.gather(groups, labels);
        List<String> reasons = new ArrayList<>();
        for (SmearClass label : SmearClass.values()) {
            long images = labels.stream().filter(label::equals).count();
            long ofClass =
                    all.stream().filter(group -> group.majority() == label).count();
            if (images == 0) {
                reasons.add(ClassNames.nameOf(label) + " has no usable image");
            } else if (ofClass < FEWEST_GROUPS) {
                reasons.add(ClassNames.nameOf(label) + " has " + images + " usable images in " + ofClass
                        + " independent groups, and needs " + FEWEST_GROUPS + " groups or more");
            }
        }
        if (!reasons.isEmpty()) {
            throw new DatasetRejected(
                    "The data set cannot be trained on: " + String.join("; ", reasons)
                            + ". A model learns from some groups, is stopped by others and is judged by a third part, in"
                            + " turn, and each part needs every class: add images from other slides or patients.",
                    problems);
        }
    }
}
