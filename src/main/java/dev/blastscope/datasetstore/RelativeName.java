package dev.blastscope.datasetstore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Names in an archive, with {@code /} between folders on every system. */
final class RelativeName {

    private RelativeName() {}

    /** The name without {@code .} and {@code ..}; empty if it leads out of the archive. */
    static Optional<String> normalise(String name) {
        if (name.startsWith("/")) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : name.split("/", -1)) {
            if (!part.equals("..")) {
                parts.addLast(part);
            } else if (parts.pollLast() == null) {
                return Optional.empty();
            }
            if (part.isEmpty() || part.equals(".")) {
                parts.removeLast();
            }
        }
        return Optional.of(String.join("/", parts));
    }
}
