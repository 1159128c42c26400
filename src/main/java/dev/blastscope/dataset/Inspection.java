package dev.blastscope.dataset;

import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.image.SmearImage;
import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of a data set once each of its images was decoded.
 *
 * @param images those that can be used, in the data set's order
 * @param groups which of them belong together
 * @param problems what was left out, and why
 */
public record Inspection(List<FingerprintedImage> images, SimilarityGroups groups, List<Exclusion> problems) {

    /** Decodes each image once, on all processors. */
    public static Inspection of(Dataset dataset, ImageDecoder decoder) {
        List<Exclusion> unreadable = Collections.synchronizedList(new ArrayList<>());
        List<FingerprintedImage> decoded = dataset.images().parallelStream()
                .flatMap(image -> decode(image, decoder, unreadable).stream())
                .toList();
        unreadable.sort(Comparator.comparing(Exclusion::subject));
        return of(dataset, decoded, unreadable);
    }

    /**
     * Inspects images that were decoded elsewhere.
     *
     * @param decoded those of the data set that could be, in its order
     * @param unreadable those that could not, and why
     */
    public static Inspection of(Dataset dataset, List<FingerprintedImage> decoded, List<Exclusion> unreadable) {
        LabelConflicts conflicts = LabelConflicts.among(decoded);
        List<Exclusion> problems = Stream.of(dataset.problems(), unreadable, conflicts.problems())
                .flatMap(List::stream)
                .toList();
        return new Inspection(conflicts.agreed(), SimilarityGroups.of(conflicts.agreed()), problems);
    }

    private static Optional<FingerprintedImage> decode(
            LabelledImage image, ImageDecoder decoder, List<Exclusion> unreadable) {
        try {
            SmearImage smear = decoder.decode(Files.readAllBytes(image.path()));
            return Optional.of(new FingerprintedImage(image, smear.sha256(), Thumbnail.of(smear.greyThumbnail())));
        } catch (ImageRejected e) {
            unreadable.add(new Exclusion(image.name(), String.valueOf(e.getMessage())));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("An image that was just unpacked cannot be read", e);
        }
    }

    /** Names the data set by what it holds: "sha256:" and a digest of contents, labels and groups. */
    public String digest() {
        return DatasetDigest.of(images);
    }

    /**
     * Requires an image.
     *
     * @throws DatasetRejected if none is usable
     */
    public void requireAny() throws DatasetRejected {
        if (images.isEmpty()) {
            throw new DatasetRejected("The data set has no usable image.", problems);
        }
    }

    /**
     * Requires enough independent groups of every class for a training.
     *
     * @throws DatasetRejected naming every class that has too few
     */
    public void requireTrainable() throws DatasetRejected {
        DatasetRules.requireTrainable(groups.groupOf(), labels(), problems);
    }

    /**
     * Requires an image of every class.
     *
     * @throws DatasetRejected if a class has none
     */
    public void requireEveryClass() throws DatasetRejected {
        String missing = Stream.of(SmearClass.values())
                .filter(label -> !labels().contains(label))
                .map(ClassNames::nameOf)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new DatasetRejected(
                    "The data set has no usable image of: " + missing
                            + ". A data set needs images of every class; see what was left out, and why.",
                    problems);
        }
    }

    /** Folds for a cross-validation that keeps what belongs together in one; see {@link Folds}. */
    public Folds folds(int most) {
        return Folds.grouped(images, groups, most);
    }

    /** Usable images by the class's name. */
    public Map<String, Integer> imagesByClass() {
        return count(labels());
    }

    /** Groups of images that belong together, by the name of the class that most of their images have. */
    public Map<String, Integer> groupsByClass() {
        return count(Split.ImageGroup.gather(groups.groupOf(), labels()).stream()
                .map(Split.ImageGroup::majority)
                .toList());
    }

    /** The label of each image. */
    public List<SmearClass> labels() {
        return images.stream().map(image -> image.image().label()).toList();
    }

    private static Map<String, Integer> count(List<SmearClass> labels) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (SmearClass label : SmearClass.values()) {
            counts.put(ClassNames.nameOf(label), Collections.frequency(labels, label));
        }
        return counts;
    }

    /**
     * The same content under different labels: either label may be wrong, so that all of it is left out.
     *
     * @param agreed the images without such a conflict, in their order
     * @param problems a problem for each image with one
     */
    record LabelConflicts(List<FingerprintedImage> agreed, List<Exclusion> problems) {

        public LabelConflicts {
            agreed = List.copyOf(agreed);
            problems = List.copyOf(problems);
        }

        /** Finds the conflicts among these images. */
        static LabelConflicts among(List<FingerprintedImage> images) {
            Map<String, List<FingerprintedImage>> byContent = new LinkedHashMap<>();
            for (FingerprintedImage image : images) {
                byContent
                        .computeIfAbsent(image.sha256(), content -> new ArrayList<>())
                        .add(image);
            }
            List<FingerprintedImage> agreed = new ArrayList<>();
            List<Exclusion> problems = new ArrayList<>();
            for (FingerprintedImage image : images) {
                byContent.getOrDefault(image.sha256(), List.of()).stream()
                        .map(FingerprintedImage::image)
                        .filter(other -> other.label() != image.image().label())
                        .findFirst()
                        .ifPresentOrElse(
                                other -> problems.add(conflict(image.image(), other)), () -> agreed.add(image));
            }
            return new LabelConflicts(agreed, problems);
        }

        private static Exclusion conflict(LabelledImage image, LabelledImage other) {
            return new Exclusion(
                    image.name(),
                    "is labelled " + ClassNames.nameOf(image.label()) + ", but " + other.name()
                            + " with the same content " + ClassNames.nameOf(other.label()));
        }
    }
}
