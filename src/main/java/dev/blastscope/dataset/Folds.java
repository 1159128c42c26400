package dev.blastscope.dataset;

import dev.blastscope.dataset.Split.ImageGroup;
import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The folds of a cross-validation: each image is judged in one fold, by what learned from the others.
 *
 * @param foldOf the fold of each image, from 0
 * @param margins by fold, the images of no other fold's use to it: they neighbour it too closely to learn from
 */
public record Folds(List<Integer> foldOf, List<Set<Integer>> margins) {

    public Folds {
        foldOf = List.copyOf(foldOf);
        margins = margins.stream().map(Set::copyOf).toList();
    }

    /**
     * Folds that keep groups together, and neighbours as far as can be.
     *
     * <p>The groups of each class, in the order of their series and numbers, are cut into as many stretches of about
     * equally many images. Images without a given group that lie beside a stretch, on slides cut in two by the numbers,
     * are its margin, unless less than half of the class's groups would then be left to learn from.
     *
     * @param images of a data set with at least three groups of each class
     * @param most how many folds there shall be; there are fewer where a class has fewer groups
     */
    static Folds grouped(List<FingerprintedImage> images, SimilarityGroups groups, int most) {
        List<SmearClass> labels =
                images.stream().map(image -> image.image().label()).toList();
        List<List<ImageGroup>> classes = byClass(ImageGroup.gather(groups.groupOf(), labels), images);
        int count =
                classes.stream().mapToInt(List::size).filter(size -> size > 0).reduce(most, Math::min);
        Integer[] foldOf = new Integer[images.size()];
        List<Set<Integer>> margins = new ArrayList<>();
        IntStream.range(0, count).forEach(fold -> margins.add(new HashSet<>()));
        for (List<ImageGroup> ofClass : classes) {
            int[] folds = stretches(ofClass, count);
            for (int i = 0; i < folds.length; i++) {
                for (int image : ofClass.get(i).images()) {
                    foldOf[image] = folds[i];
                }
            }
            addMargins(ofClass, folds, images, margins);
        }
        return new Folds(Arrays.asList(foldOf), margins);
    }

    /** Folds image by image: copies and neighbours leak from one to another, so use it to compare only. */
    public static Folds random(List<SmearClass> labels, int count, long seed) {
        Integer[] foldOf = new Integer[labels.size()];
        Random random = new Random(seed);
        for (SmearClass label : SmearClass.values()) {
            List<Integer> ofClass = new ArrayList<>(IntStream.range(0, labels.size())
                    .filter(image -> labels.get(image) == label)
                    .boxed()
                    .toList());
            Collections.shuffle(ofClass, random);
            for (int i = 0; i < ofClass.size(); i++) {
                foldOf[ofClass.get(i)] = i % count;
            }
        }
        return new Folds(Arrays.asList(foldOf), Collections.nCopies(count, Set.of()));
    }

    public int count() {
        return margins.size();
    }

    /** The images that a fold judges, ascending. */
    public List<Integer> judged(int fold) {
        return images().filter(image -> foldOf.get(image) == fold).boxed().toList();
    }

    /** The images that may be learned from for a fold, ascending. */
    public List<Integer> taught(int fold) {
        return images().filter(
                        image -> foldOf.get(image) != fold && !margins.get(fold).contains(image))
                .boxed()
                .toList();
    }

    /** The fold whose images may decide when to stop learning for this one. */
    public int stopping(int fold) {
        return (fold + 1) % count();
    }

    private IntStream images() {
        return IntStream.range(0, foldOf.size());
    }

    private static List<List<ImageGroup>> byClass(List<ImageGroup> groups, List<FingerprintedImage> images) {
        Comparator<ImageGroup> order = Comparator.<ImageGroup, String>comparing(
                        group -> first(group, images).series())
                .thenComparing(group -> first(group, images).number());
        return Stream.of(SmearClass.values())
                .map(label -> groups.stream()
                        .filter(group -> group.majority() == label)
                        .sorted(order)
                        .toList())
                .toList();
    }

    private static LabelledImage first(ImageGroup group, List<FingerprintedImage> images) {
        return images.get(group.images().get(0)).image();
    }

    /** The fold of each group. A group belongs to the stretch that its middle lies in; no stretch is empty. */
    private static int[] stretches(List<ImageGroup> groups, int count) {
        int total = groups.stream().mapToInt(ImageGroup::size).sum();
        int[] folds = new int[groups.size()];
        int fold = 0;
        int before = 0;
        for (int i = 0; i < folds.length; i++) {
            int size = groups.get(i).size();
            boolean full = (2L * before + size) * count > 2L * (fold + 1) * total;
            boolean neededByOthers = folds.length - i <= count - 1 - fold;
            if (i > 0 && fold < count - 1 && (full || neededByOthers)) {
                fold++;
            }
            folds[i] = fold;
            before += size;
        }
        return folds;
    }

    private static void addMargins(
            List<ImageGroup> groups, int[] folds, List<FingerprintedImage> images, List<Set<Integer>> margins) {
        for (int fold = 0; fold < margins.size(); fold++) {
            List<ImageGroup> beside = new ArrayList<>();
            int judged = 0;
            for (int i = 0; i < folds.length; i++) {
                if (folds[i] == fold) {
                    judged++;
                } else if (touches(folds, i, fold) && isNumbered(first(groups.get(i), images))) {
                    beside.add(groups.get(i));
                }
            }
            if (2 * (folds.length - judged - beside.size()) >= folds.length) {
                Set<Integer> margin = margins.get(fold);
                beside.forEach(group -> margin.addAll(group.images()));
            }
        }
    }

    private static boolean touches(int[] folds, int i, int fold) {
        return (i > 0 && folds[i - 1] == fold) || (i + 1 < folds.length && folds[i + 1] == fold);
    }

    private static boolean isNumbered(LabelledImage image) {
        return image.group().isEmpty() && image.number() >= 0;
    }
}
