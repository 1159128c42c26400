package dev.blastscope.dataset;

import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
            members.computeIfAbsent(groups.get(i), group -> new ArrayList<>()).add(i);
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
