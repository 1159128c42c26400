package dev.blastscope.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Deals the groups of one class to the parts of a split, each to the part that lacks most images. */
final class StratifiedAssignment {

    private final List<ImageGroup> left;
    private final List<SplitPart> open;
    private final ToDoubleFunction<SplitPart> fraction;
    private final int total;
    private final Map<ImageGroup, SplitPart> dealt = new LinkedHashMap<>();

    /**
     * @param groups the biggest first
     * @param fraction of the images that a part should get; a part of fraction 0 gets none
     */
    StratifiedAssignment(List<ImageGroup> groups, ToDoubleFunction<SplitPart> fraction) {
        this.left = new ArrayList<>(groups);
        this.fraction = fraction;
        this.total = groups.stream().mapToInt(ImageGroup::size).sum();
        this.open = new ArrayList<>(Stream.of(SplitPart.values())
                .filter(part -> fraction.applyAsDouble(part) > 0)
                .toList());
    }

    /**
     * Fills the test part before the others and from these groups alone, and closes it.
     *
     * @param only whether to; else, and where there are none of these groups, nothing is done
     */
    StratifiedAssignment dealTest(List<ImageGroup> groups, boolean only) {
        if (!only || groups.isEmpty()) {
            return this;
        }
        for (ImageGroup group : groups) {
            boolean othersGoWithout = left.size() <= open.size() - 1;
            if (size(SplitPart.TEST) == 0 || (!othersGoWithout && group.size() <= 2 * lack(SplitPart.TEST))) {
                give(group, SplitPart.TEST);
            }
        }
        open.remove(SplitPart.TEST);
        return this;
    }

    /** Deals what is left and notes the part of each image. */
    void dealRest(List<SplitPart> parts) {
        while (!left.isEmpty()) {
            give(left.get(0), neediest());
        }
        dealt.forEach((group, part) -> group.images().forEach(image -> parts.set(image, part)));
    }

    private void give(ImageGroup group, SplitPart part) {
        left.remove(group);
        dealt.put(group, part);
    }

    private SplitPart neediest() {
        List<SplitPart> empty = open.stream().filter(part -> size(part) == 0).toList();
        List<SplitPart> candidates = left.size() <= empty.size() ? empty : open;
        return candidates.stream()
                .max(Comparator.<SplitPart>comparingDouble(this::lack).thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
    }

    private double lack(SplitPart part) {
        return fraction.applyAsDouble(part) * total - size(part);
    }

    private int size(SplitPart part) {
        return dealt.entrySet().stream()
                .filter(entry -> entry.getValue() == part)
                .mapToInt(entry -> entry.getKey().size())
                .sum();
    }
}
