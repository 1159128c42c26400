package dev.blastscope.dataset;

import dev.blastscope.diagnosis.SmearClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which part each image of a data set goes to; the same seed gives the same split on any machine.
 *
 * @param parts the part of each image, by index
 */
public record Split(List<Part> parts) {

    public Split {
        parts = List.copyOf(parts);
    }

    /**
     * Splits so that each group is in one part, and each part has about its fraction of each class.
     *
     * <p>A group counts as its majority's class. The groups of a class are shuffled and then dealt, the biggest first,
     * to the part that lacks most images, so that the biggest are always in training; with three groups or more every
     * part gets one.
     *
     * @param groups the group of each image, see {@link SimilarityGroups#groupOf()}
     * @param labels the label of each image
     */
    public static Split grouped(List<Integer> groups, List<SmearClass> labels, long seed) {
        List<ImageGroup> shuffled = new ArrayList<>(ImageGroup.gather(groups, labels));
        Collections.shuffle(shuffled, new Random(seed));
        shuffled.sort(Comparator.comparingInt(ImageGroup::size).reversed());
        List<Part> parts = new ArrayList<>(Collections.nCopies(labels.size(), Part.TRAIN));
        for (SmearClass label : SmearClass.values()) {
            deal(shuffled.stream().filter(group -> group.majority() == label).toList(), parts);
        }
        return new Split(parts);
    }

    /** Splits image by image: copies and neighbours leak from training into the test, so use it to compare only. */
    public static Split random(List<SmearClass> labels, long seed) {
        return grouped(IntStream.range(0, labels.size()).boxed().toList(), labels, seed);
    }

    /** The indices of the images of a part, ascending. */
    public List<Integer> indices(Part part) {
        return IntStream.range(0, parts.size())
                .filter(i -> parts.get(i) == part)
                .boxed()
                .toList();
    }

    private static void deal(List<ImageGroup> groups, List<Part> parts) {
        int total = groups.stream().mapToInt(ImageGroup::size).sum();
        int[] dealt = new int[Part.values().length];
        for (int next = 0; next < groups.size(); next++) {
            ImageGroup group = groups.get(next);
            Part part = neediest(dealt, total, groups.size() - next);
            dealt[part.ordinal()] += group.size();
            group.images().forEach(image -> parts.set(image, part));
        }
    }

    private static Part neediest(int[] dealt, int total, int groupsLeft) {
        List<Part> empty = Stream.of(Part.values())
                .filter(part -> dealt[part.ordinal()] == 0)
                .toList();
        List<Part> candidates = groupsLeft <= empty.size() ? empty : List.of(Part.values());
        return candidates.stream()
                .max(Comparator.<Part>comparingDouble(part -> part.fraction() * total - dealt[part.ordinal()])
                        .thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
    }
}
