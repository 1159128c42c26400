package dev.blastscope.dataset;

import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Groups of images that a split must not tear apart, because seeing one gives the others away.
 *
 * <p>Images belong together when they have the same content, when they look nearly the same, when the data set gives
 * them the same group or, where it gives none, when their numbers are neighbours. Whatever two of these links connect
 * is one group.
 *
 * @param groupOf the group of each image; groups are numbered from 0 in the order of their first image
 * @param count the number of groups
 * @param exactDuplicatePairs the pairs of images with the same content
 * @param nearDuplicatePairs the pairs of images with another content that look nearly the same
 */
public record SimilarityGroups(List<Integer> groupOf, int count, long exactDuplicatePairs, long nearDuplicatePairs) {

    /** Two thumbnails that correlate more than this show the same field of view. */
    public static final float NEAR_DUPLICATE_CORRELATION = 0.95f;

    /**
     * The longest run of numbers in a group. Neighbours share a slide and its stain: on the Taleqani data a
     * nearest-neighbour classifier that sees colours alone errs on 1.2 % of a random split, and on 1.9, 3.0, 3.5 and
     * 3.9 % with runs of 10, 20, 40 and 60 (mean of 20 splits, standard error 0.2 to 0.5). Longer runs would leak less
     * still, but leave a class of 400 images too few groups to stratify.
     */
    static final int LONGEST_RUN = 20;

    /** A small class has shorter runs, this many at the least, so that it can still be split. */
    private static final int RUNS_PER_CLASS = 10;

    public SimilarityGroups {
        groupOf = List.copyOf(groupOf);
    }

    /**
     * Groups the images.
     *
     * <p>Compares each image with each other one, on all processors: a second for 2,800 images on two cores, and four
     * for twice as many.
     */
    public static SimilarityGroups of(List<FingerprintedImage> images) {
        UnionFind groups = new UnionFind(images.size());
        joinEqual(images, groups, image -> Optional.of(image.sha256()));
        joinEqual(images, groups, image -> image.image().group());
        Map<SmearClass, Integer> runLengths = runLengths(images);
        joinEqual(images, groups, image -> Run.of(image.image(), runLengths));
        long nearDuplicates = joinNearDuplicates(images, groups);
        List<Integer> groupOf = groups.groups();
        int count = (int) groupOf.stream().distinct().count();
        return new SimilarityGroups(groupOf, count, countExactDuplicates(images), nearDuplicates);
    }

    private static void joinEqual(
            List<FingerprintedImage> images, UnionFind groups, Function<FingerprintedImage, Optional<?>> property) {
        Map<Object, Integer> first = new HashMap<>();
        for (int i = 0; i < images.size(); i++) {
            int image = i;
            property.apply(images.get(i))
                    .ifPresent(value -> groups.join(first.computeIfAbsent(value, v -> image), image));
        }
    }

    private static long joinNearDuplicates(List<FingerprintedImage> images, UnionFind groups) {
        List<int[]> pairs = IntStream.range(0, images.size())
                .parallel()
                .boxed()
                .flatMap(i -> IntStream.range(i + 1, images.size())
                        .filter(j -> nearDuplicates(images.get(i), images.get(j)))
                        .mapToObj(j -> new int[] {i, j}))
                .toList();
        pairs.forEach(pair -> groups.join(pair[0], pair[1]));
        return pairs.size();
    }

    private static boolean nearDuplicates(FingerprintedImage a, FingerprintedImage b) {
        return a.thumbnail().correlation(b.thumbnail()) > NEAR_DUPLICATE_CORRELATION
                && !a.sha256().equals(b.sha256());
    }

    private static long countExactDuplicates(List<FingerprintedImage> images) {
        return images.stream()
                .collect(Collectors.groupingBy(FingerprintedImage::sha256, Collectors.counting()))
                .values()
                .stream()
                .mapToLong(copies -> copies * (copies - 1) / 2)
                .sum();
    }

    private static Map<SmearClass, Integer> runLengths(List<FingerprintedImage> images) {
        Map<SmearClass, Integer> sizes = images.stream()
                .collect(Collectors.groupingBy(image -> image.image().label(), Collectors.summingInt(image -> 1)));
        sizes.replaceAll((label, size) -> Math.max(1, Math.min(LONGEST_RUN, size / RUNS_PER_CLASS)));
        return sizes;
    }

    /** A stretch of neighbouring numbers in one series of one class. */
    private record Run(SmearClass label, String series, long index) {

        static Optional<Run> of(LabelledImage image, Map<SmearClass, Integer> lengths) {
            if (image.group().isPresent() || image.number() < 0) {
                return Optional.empty();
            }
            int length = lengths.getOrDefault(image.label(), LONGEST_RUN);
            return Optional.of(new Run(image.label(), image.series(), image.number() / length));
        }
    }

    /** Joins numbered things into groups. */
    private static final class UnionFind {

        private final int[] parent;

        UnionFind(int size) {
            parent = IntStream.range(0, size).toArray();
        }

        void join(int a, int b) {
            parent[root(a)] = root(b);
        }

        /** The group of each thing, the groups being numbered from 0 in the order of their first member. */
        List<Integer> groups() {
            Map<Integer, Integer> numberOfRoot = new HashMap<>();
            List<Integer> groups = new ArrayList<>(parent.length);
            for (int i = 0; i < parent.length; i++) {
                int next = numberOfRoot.size();
                groups.add(numberOfRoot.computeIfAbsent(root(i), root -> next));
            }
            return groups;
        }

        private int root(int i) {
            int root = i;
            while (parent[root] != root) {
                // Halving the path keeps later walks short.
                parent[root] = parent[parent[root]];
                root = parent[root];
            }
            return root;
        }
    }
}
