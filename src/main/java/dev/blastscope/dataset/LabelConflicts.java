package dev.blastscope.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same content under different labels: nobody can say which label is right, so that all of it is left out.
 *
 * @param agreed the images without such a conflict, in their order
 * @param problems a problem for each image with one
 */
public record LabelConflicts(List<FingerprintedImage> agreed, List<Exclusion> problems) {

    public LabelConflicts {
        agreed = List.copyOf(agreed);
        problems = List.copyOf(problems);
    }

    /** Finds the conflicts among these images. */
    public static LabelConflicts among(List<FingerprintedImage> images) {
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
                    .ifPresentOrElse(other -> problems.add(conflict(image.image(), other)), () -> agreed.add(image));
        }
        return new LabelConflicts(agreed, problems);
    }

    private static Exclusion conflict(LabelledImage image, LabelledImage other) {
        return new Exclusion(
                image.name(),
                "is labelled " + ClassNames.nameOf(image.label()) + ", but " + other.name() + " with the same content "
                        + ClassNames.nameOf(other.label()));
    }
}
