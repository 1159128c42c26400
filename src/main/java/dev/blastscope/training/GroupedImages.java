package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetDigest;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.DatasetRules;
import dev.blastscope.dataset.FingerprintedImage;
import dev.blastscope.dataset.LabelConflicts;
import dev.blastscope.dataset.Problem;
import dev.blastscope.dataset.SimilarityGroups;
import dev.blastscope.diagnosis.SmearClass;
import dev.blastscope.network.Logits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The images of a data set that can be used, and which of them belong together.
 *
 * @param images decoded, without label conflicts, in the data set's order
 * @param groups which of them belong together
 * @param problems what was left out, and why
 */
record GroupedImages(List<PreparedImage> images, SimilarityGroups groups, List<Problem> problems) {

    static GroupedImages of(Dataset dataset, ImagePreparation preparation) throws InterruptedException {
        List<PreparedImage> prepared = preparation.prepare(dataset);
        LabelConflicts conflicts =
                LabelConflicts.among(prepared.stream().map(PreparedImage::image).toList());
        Set<FingerprintedImage> agreed = new HashSet<>(conflicts.agreed());
        List<PreparedImage> images = prepared.stream()
                .filter(image -> agreed.contains(image.image()))
                .toList();
        List<Problem> problems = new ArrayList<>(preparation.problems());
        problems.addAll(conflicts.problems());
        return new GroupedImages(images, SimilarityGroups.of(conflicts.agreed()), problems);
    }

    void requireTrainable() throws DatasetRejected {
        DatasetRules.requireTrainable(groups.groupOf(), labels());
    }

    List<SmearClass> labels() {
        return PreparedImage.labels(images);
    }

    String digest() {
        return "sha256:"
                + DatasetDigest.of(images.stream().map(PreparedImage::image).toList());
    }

    /** What both heads said of some images, beside their labels and groups. */
    List<LabelledLogits> answers(List<Logits> logits, List<Integer> of) {
        List<LabelledLogits> answers = new ArrayList<>(of.size());
        for (int i = 0; i < of.size(); i++) {
            answers.add(new LabelledLogits(
                    logits.get(i).malignancy(),
                    logits.get(i).subtype(),
                    images.get(of.get(i)).label(),
                    groups.groupOf().get(of.get(i))));
        }
        return answers;
    }

    /** Images by class. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (SmearClass label : SmearClass.values()) {
            counts.put(label.name().toLowerCase(Locale.ROOT), (int)
                    labels().stream().filter(label::equals).count());
        }
        return counts;
    }
}
