package dev.blastscope.dataset;

import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
     * <p>A group counts as its majority's class. The groups of a class are shuffled and then assigned, the biggest
     * first, to the part that lacks most images, so that the biggest are always in training; with three groups or more
     * every part gets one.
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
        List<Part> parts = new ArrayList<>(Collections.nCopies(labels.size(), Part.TRAIN));
        for (List<ImageGroup> ofClass : shuffledByClass(groups, labels, seed)) {
            Map<Boolean, List<ImageGroup>> known = ofClass.stream()
                    .collect(Collectors.partitioningBy(
                            group -> group.images().stream().anyMatch(learned::contains)));
            new StratifiedAssignment(ofClass)
                    .assignTest(known.getOrDefault(false, List.of()), !learned.isEmpty())
                    .assignRest(parts);
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
    public List<Integer> indices(Part part) {
        return IntStream.range(0, parts.size())
                .filter(i -> parts.get(i) == part)
                .boxed()
                .toList();
    }

    /** The three parts of a split, each with the fraction of a class that it should get. */
    public enum Part {
        TRAIN(0.70),
        VALIDATION(0.15),
        TEST(0.15);

        private final double fraction;

        Part(double fraction) {
            this.fraction = fraction;
        }

        /** The fraction in (0, 1); the three sum to 1. */
        public double fraction() {
            return fraction;
        }
    }

    /**
     * A group of images, by index, that stays together in a split.
     *
     * @param images the indices of its images, ascending
     * @param majority the class of most of its images; of equals the first
     */
    record ImageGroup(List<Integer> images, SmearClass majority) {

        /** Gathers the groups from the group and the label of each image; in the order of the groups' numbers. */
        static List<ImageGroup> gather(List<Integer> groups, List<SmearClass> labels) {
            if (groups.size() != labels.size()) {
                throw new IllegalArgumentException(groups.size() + " groups for " + labels.size() + " labels");
            }
            Map<Integer, List<Integer>> members = new TreeMap<>();
            for (int i = 0; i < groups.size(); i++) {
                members.computeIfAbsent(groups.get(i), group -> new ArrayList<>())
                        .add(i);
            }
            return members.values().stream()
                    .map(images -> new ImageGroup(images, majority(images, labels)))
                    .toList();
        }

        private static SmearClass majority(List<Integer> images, List<SmearClass> labels) {
            int[] votes = new int[SmearClass.values().length];
            images.forEach(image -> votes[labels.get(image).ordinal()]++);
            return Arrays.stream(SmearClass.values())
                    .max(Comparator.<SmearClass>comparingInt(label -> votes[label.ordinal()])
                            .thenComparing(Comparator.reverseOrder()))
                    .orElseThrow();
        }

        int size() {
            return images.size();
        }
    }

    /** Assigns the groups of one class to the parts, each to the part that lacks most images. */
    private static final class StratifiedAssignment {

        private final List<ImageGroup> left;
        private final List<Part> open;
        private final int total;
        private final Map<ImageGroup, Part> assigned = new LinkedHashMap<>();

        /** @param groups the biggest first */
        StratifiedAssignment(List<ImageGroup> groups) {
            this.left = new ArrayList<>(groups);
            this.total = groups.stream().mapToInt(ImageGroup::size).sum();
            this.open = new ArrayList<>(List.of(Part.values()));
        }

        /**
         * Fills the test part before the others and from these groups alone, and closes it.
         *
         * @param only whether to do so; nothing is done otherwise, or if there are none of these groups
         */
        StratifiedAssignment assignTest(List<ImageGroup> groups, boolean only) {
            if (!only || groups.isEmpty()) {
                return this;
            }
            for (ImageGroup group : groups) {
                boolean othersGoWithout = left.size() <= open.size() - 1;
                if (size(Part.TEST) == 0 || (!othersGoWithout && group.size() <= 2 * lack(Part.TEST))) {
                    give(group, Part.TEST);
                }
            }
            open.remove(Part.TEST);
            return this;
        }

        /** Assigns what is left and notes the part of each image. */
        void assignRest(List<Part> parts) {
            while (!left.isEmpty()) {
                give(left.get(0), neediest());
            }
            assigned.forEach((group, part) -> group.images().forEach(image -> parts.set(image, part)));
        }

        private void give(ImageGroup group, Part part) {
            left.remove(group);
            assigned.put(group, part);
        }

        private Part neediest() {
            List<Part> empty = open.stream().filter(part -> size(part) == 0).toList();
            List<Part> candidates = left.size() <= empty.size() ? empty : open;
            return candidates.stream()
                    .max(Comparator.<Part>comparingDouble(this::lack).thenComparing(Comparator.reverseOrder()))
                    .orElseThrow();
        }

        private double lack(Part part) {
            return part.fraction() * total - size(part);
        }

        private int size(Part part) {
            return assigned.entrySet().stream()
                    .filter(entry -> entry.getValue() == part)
                    .mapToInt(entry -> entry.getKey().size())
                    .sum();
        }
    }
}
