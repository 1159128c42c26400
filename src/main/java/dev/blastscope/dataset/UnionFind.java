package dev.blastscope.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Joins numbered things into groups. */
final class UnionFind {

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
