package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetDigest;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.DatasetRules;
import dev.blastscope.dataset.Exclusion;
import dev.blastscope.dataset.FingerprintedImage;
import dev.blastscope.dataset.LabelConflicts;
import dev.blastscope.dataset.LabelledImage;
import dev.blastscope.dataset.SimilarityGroups;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.Logits;
import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The images of a data set that can be used, and which of them belong together.
 *
 * @param images decoded, without label conflicts, in the data set's order
 * @param groups which of them belong together
 * @param problems what was left out, and why
 */
record GroupedImages(List<PreparedImage> images, SimilarityGroups groups, List<Exclusion> problems) {

    static GroupedImages of(Dataset dataset, ImagePreparation preparation) throws InterruptedException {
        List<PreparedImage> prepared = preparation.prepare(dataset);
        LabelConflicts conflicts =
                LabelConflicts.among(prepared.stream().map(PreparedImage::image).toList());
        Set<FingerprintedImage> agreed = new HashSet<>(conflicts.agreed());
        List<PreparedImage> images = prepared.stream()
                .filter(image -> agreed.contains(image.image()))
                .toList();
        List<Exclusion> problems = new ArrayList<>(preparation.problems());
        problems.addAll(conflicts.problems());
        return new GroupedImages(images, SimilarityGroups.of(conflicts.agreed()), problems);
    }

    /** @throws DatasetRejected if a class has too few images */
    void requireTrainable() throws DatasetRejected {
        requireTrainable(groups.groupOf(), labels(), problems);
    }

    /** Refuses at once what no image's content could save, before minutes are spent on features. */
    static void requireEnoughFiles(Dataset dataset) throws DatasetRejected {
        List<SmearClass> labels =
                dataset.images().stream().map(LabelledImage::label).toList();
        requireTrainable(IntStream.range(0, labels.size()).boxed().toList(), labels, dataset.problems());
    }

    /** @throws DatasetRejected if there is no image */
    void requireAny() throws DatasetRejected {
        if (images.isEmpty()) {
            throw new DatasetRejected("The data set has no usable image.", problems);
        }
    }

    private static void requireTrainable(List<Integer> groups, List<SmearClass> labels, List<Exclusion> problems)
            throws DatasetRejected {
        try {
            DatasetRules.requireTrainable(groups, labels);
        } catch (DatasetRejected e) {
            throw new DatasetRejected(String.valueOf(e.getMessage()), problems);
        }
    }

    List<SmearClass> labels() {
        return PreparedImage.labels(images);
    }

    /** The images of the groups that a model has learned no image from, by index: it knows nothing like them. */
    List<Integer> newTo(TrainingImageIndex model) {
        Set<Integer> known = new HashSet<>();
        for (int image = 0; image < images.size(); image++) {
            if (model.contains(images.get(image).image().sha256())) {
                known.add(groups.groupOf().get(image));
            }
        }
        return IntStream.range(0, images.size())
                .filter(image -> !known.contains(groups.groupOf().get(image)))
                .boxed()
                .toList();
    }

    /** The images of the groups that a model has learned an image from, by index. */
    Set<Integer> knownTo(TrainingImageIndex model) {
        Set<Integer> known =
                new HashSet<>(IntStream.range(0, images.size()).boxed().toList());
        newTo(model).forEach(known::remove);
        return known;
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
