package dev.blastscope.dataset;

import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which part each image of a data set goes to; the same seed gives the same split on any machine.
 *
 * @param parts the part of each image, by index
 */
public record Split(List<SplitPart> parts) {

    private static final Map<SplitPart, Double> HELD_OUT =
            Map.of(SplitPart.TRAIN, 2 / 3.0, SplitPart.VALIDATION, 0.0, SplitPart.TEST, 1 / 3.0);

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
        return grouped(groups, labels, seed, Set.of());
    }

    /**
     * Splits likewise, for a model that is to be compared with another one: a group of which the other learned an image
     * goes to training or validation, and the test part is filled from the groups that are new to it, so that it is new
     * to both. A class without such a group has its test images from those the other knows.
     *
     * @param learned the images that the other model learned from, by index
     */
    public static Split grouped(List<Integer> groups, List<SmearClass> labels, long seed, Set<Integer> learned) {
        List<SplitPart> parts = new ArrayList<>(Collections.nCopies(labels.size(), SplitPart.TRAIN));
        for (List<ImageGroup> ofClass : shuffledByClass(groups, labels, seed)) {
            Map<Boolean, List<ImageGroup>> known = ofClass.stream()
                    .collect(Collectors.partitioningBy(
                            group -> group.images().stream().anyMatch(learned::contains)));
            new StratifiedAssignment(ofClass, SplitPart::fraction)
                    .dealTest(known.getOrDefault(false, List.of()), !learned.isEmpty())
                    .dealRest(parts);
        }
        return new Split(parts);
    }

    /**
     * Splits a small data set into training and test alone: each class holds out about a third of its images, in whole
     * groups, and a class of one group none.
     */
    public static Split heldOut(List<Integer> groups, List<SmearClass> labels, long seed) {
        List<SplitPart> parts = new ArrayList<>(Collections.nCopies(labels.size(), SplitPart.TRAIN));
        for (List<ImageGroup> ofClass : shuffledByClass(groups, labels, seed)) {
            new StratifiedAssignment(ofClass, HELD_OUT::get).dealRest(parts);
        }
        return new Split(parts);
    }

    /** By class, its groups, the biggest first and equals in random order. */
    private static List<List<ImageGroup>> shuffledByClass(List<Integer> groups, List<SmearClass> labels, long seed) {
        List<ImageGroup> shuffled = new ArrayList<>(ImageGroup.gather(groups, labels));
        Collections.shuffle(shuffled, new Random(seed));
        shuffled.sort(Comparator.comparingInt(ImageGroup::size).reversed());
        return Stream.of(SmearClass.values())
                .map(label -> shuffled.stream()
                        .filter(group -> group.majority() == label)
                        .toList())
                .toList();
    }

    /** Splits image by image: copies and neighbours leak from training into the test, so use it to compare only. */
    public static Split random(List<SmearClass> labels, long seed) {
        return grouped(IntStream.range(0, labels.size()).boxed().toList(), labels, seed);
    }

    /** The indices of the images of a part, ascending. */
    public List<Integer> indices(SplitPart part) {
        return IntStream.range(0, parts.size())
                .filter(i -> parts.get(i) == part)
                .boxed()
                .toList();
    }
}
