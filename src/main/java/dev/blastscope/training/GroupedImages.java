package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.Exclusion;
import dev.blastscope.dataset.FingerprintedImage;
import dev.blastscope.dataset.Folds;
import dev.blastscope.dataset.Inspection;
import dev.blastscope.dataset.SimilarityGroups;
import dev.blastscope.image.ImageQuality;
import dev.blastscope.modelstore.ModelCard.DataSummary;
import dev.blastscope.modelstore.OutOfFoldAnswers;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.ServingNetwork.Logits;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.review.KnownCases;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The usable images of a data set with what a backbone makes of them, and which of them belong together.
 *
 * @param inspection the images, without label conflicts, in the data set's order
 * @param images the same with their features
 */
record GroupedImages(Inspection inspection, List<PreparedImage> images) {

    /**
     * Inspects images that were prepared.
     *
     * @param prepared those of the data set that could be, in its order
     * @param unreadable those that could not, and why
     */
    static GroupedImages of(Dataset dataset, List<PreparedImage> prepared, List<Exclusion> unreadable) {
        Inspection inspection = Inspection.of(
                dataset, prepared.stream().map(PreparedImage::image).toList(), unreadable);
        Set<FingerprintedImage> usable = new HashSet<>(inspection.images());
        return new GroupedImages(
                inspection,
                prepared.stream()
                        .filter(image -> usable.contains(image.image()))
                        .toList());
    }

    SimilarityGroups groups() {
        return inspection.groups();
    }

    List<SmearClass> labels() {
        return inspection.labels();
    }

    String digest() {
        return inspection.digest();
    }

    /** What was left out, and why. */
    List<Exclusion> problems() {
        return inspection.problems();
    }

    /** The images of the groups that a model has learned no image from, by index: it knows nothing like them. */
    List<Integer> newTo(TrainingImageIndex model) {
        Set<Integer> known = new HashSet<>();
        for (int image = 0; image < images.size(); image++) {
            if (model.contains(images.get(image).image().sha256())) {
                known.add(groups().groupOf().get(image));
            }
        }
        return IntStream.range(0, images.size())
                .filter(image -> !known.contains(groups().groupOf().get(image)))
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

    /** What both heads said of some images, beside their labels and groups. */
    List<LabelledLogits> answers(List<Logits> logits, List<Integer> indices) {
        List<LabelledLogits> answers = new ArrayList<>(indices.size());
        for (int i = 0; i < indices.size(); i++) {
            answers.add(new LabelledLogits(
                    logits.get(i).malignancy(),
                    logits.get(i).subtype(),
                    images.get(indices.get(i)).label(),
                    groups().groupOf().get(indices.get(i))));
        }
        return answers;
    }

    /** All images, by index. */
    List<Integer> all() {
        return IntStream.range(0, images.size()).boxed().toList();
    }

    /**
     * The answers of a cross-validation to some images, in their order, as they are stored with a model.
     *
     * @param before what the model knew before, if it knew anything
     */
    OutOfFoldAnswers outOfFold(Folds folds, List<Integer> indices, List<Answer> answers, Optional<KnownCases> before) {
        List<KnownCases> taught = IntStream.range(0, folds.count())
                .mapToObj(fold -> cases(folds.taught(fold)))
                .map(cases -> before.map(cases::and).orElse(cases))
                .toList();
        List<OutOfFoldAnswers.Row> rows = new ArrayList<>(indices.size());
        for (int i = 0; i < indices.size(); i++) {
            PreparedImage image = images.get(indices.get(i));
            int fold = folds.foldOf().get(indices.get(i));
            double distance = taught.get(fold).distance(image.features());
            rows.add(answers.get(i).toRow(image, fold, OptionalDouble.of(distance)));
        }
        return new OutOfFoldAnswers(rows);
    }

    /** Some images as cases that a model knows. */
    KnownCases cases(List<Integer> indices) {
        return cases(indices, features(indices));
    }

    /** The same, with what another backbone sees in them. */
    KnownCases cases(List<Integer> indices, float[][] features) {
        return KnownCases.of(
                indices.stream()
                        .map(images::get)
                        .map(image -> new KnownCases.Case(image.image().sha256(), image.label()))
                        .toList(),
                features);
    }

    /** The features of some images, in the order of their indices. */
    float[][] features(List<Integer> indices) {
        return indices.stream().map(image -> images.get(image).features()).toArray(float[][]::new);
    }

    /** The SHA-256 of some images, in the order of their indices. */
    List<String> hashes(List<Integer> indices) {
        return indices.stream().map(image -> images.get(image).image().sha256()).toList();
    }

    /**
     * The card's account of the data set.
     *
     * @param parts the number of images in each part of the split
     */
    DataSummary summary(Map<String, Integer> parts) {
        return new DataSummary(
                digest(),
                inspection.imagesByClass(),
                parts,
                groups().count(),
                groups().exactDuplicatePairs(),
                groups().nearDuplicatePairs(),
                problems().size());
    }

    /**
     * A labelled image with the features that the frozen backbone sees in it.
     *
     * @param features 2,048 of them
     * @param copies those of its changed copies, see {@link View}
     * @param quality how it was photographed
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on and never compared.
    record PreparedImage(FingerprintedImage image, float[] features, List<float[]> copies, ImageQuality quality) {

        SmearClass label() {
            return image.image().label();
        }

        static List<SmearClass> labels(List<PreparedImage> images) {
            return images.stream().map(PreparedImage::label).toList();
        }
    }
}
