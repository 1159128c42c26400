package dev.blastscope.dataset;

import dev.blastscope.diagnosis.SmearClass;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.image.SmearImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
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
record Inspection(List<FingerprintedImage> images, SimilarityGroups groups, List<Problem> problems) {

    /** Decodes each image once, on all processors. */
    static Inspection of(Dataset dataset, ImageDecoder decoder) {
        List<Problem> unreadable = Collections.synchronizedList(new ArrayList<>());
        List<FingerprintedImage> decoded = dataset.images().parallelStream()
                .flatMap(image -> decode(image, decoder, unreadable).stream())
                .toList();
        LabelConflicts conflicts = LabelConflicts.among(decoded);
        unreadable.sort(Comparator.comparing(Problem::subject));
        List<Problem> problems = Stream.of(dataset.problems(), unreadable, conflicts.problems())
                .flatMap(List::stream)
                .toList();
        return new Inspection(conflicts.agreed(), SimilarityGroups.of(conflicts.agreed()), problems);
    }

    private static Optional<FingerprintedImage> decode(
            LabelledImage image, ImageDecoder decoder, List<Problem> unreadable) {
        try {
            SmearImage smear = decoder.decode(Files.readAllBytes(image.path()));
            return Optional.of(new FingerprintedImage(image, smear.sha256(), Thumbnail.of(smear.greyThumbnail())));
        } catch (ImageRejected e) {
            unreadable.add(new Problem(image.name(), String.valueOf(e.getMessage())));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("An image that was just unpacked cannot be read", e);
        }
    }

    /** @throws DatasetRejected if a class has no image */
    void requireEveryClass() throws DatasetRejected {
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

    DatasetReport report(DatasetName name, Instant created) throws IOException {
        long bytes = 0;
        for (FingerprintedImage image : images) {
            bytes += Files.size(image.image().path());
        }
        List<SmearClass> majorities = ImageGroup.gather(groups.groupOf(), labels()).stream()
                .map(ImageGroup::majority)
                .toList();
        return new DatasetReport(
                name.value(),
                "sha256:" + DatasetDigest.of(images),
                created,
                bytes,
                count(labels()),
                count(majorities),
                groups.exactDuplicatePairs(),
                groups.nearDuplicatePairs(),
                problems);
    }

    private List<SmearClass> labels() {
        return images.stream().map(image -> image.image().label()).toList();
    }

    private static Map<String, Integer> count(List<SmearClass> labels) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (SmearClass label : SmearClass.values()) {
            counts.put(ClassNames.nameOf(label), Collections.frequency(labels, label));
        }
        return counts;
    }
}
