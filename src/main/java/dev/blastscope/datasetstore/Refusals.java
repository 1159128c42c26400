package dev.blastscope.datasetstore;

import java.util.ArrayList;
import java.util.List;

/** Gathers the entries of an archive that break a rule, and lists the first of them. */
final class Refusals {

    private static final int MOST_LISTED = 100;

    private final List<Refusal> listed = new ArrayList<>();
    private int total;

    void add(int entry, String name, String reason) {
        total++;
        if (listed.size() < MOST_LISTED) {
            listed.add(new Refusal(entry, name, reason));
        }
    }

    void throwIfAny() throws ArchiveRefused {
        if (total > 0) {
            throw ArchiveRefused.unsafe(listed, total);
        }
    }
}
