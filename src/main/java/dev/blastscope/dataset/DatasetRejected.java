package dev.blastscope.dataset;

import dev.blastscope.refusal.Refusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A data set that cannot be used as a whole; the message names the rule broken and how to follow it, and no file. */
public final class DatasetRejected extends Refusal {

    /** The code of every such refusal. */
    public static final String CODE = "unusable-dataset";

    private static final long serialVersionUID = 1L;

    private static final int MAX_LISTED = 100;

    private final transient List<Exclusion> problems;

    public DatasetRejected(String message) {
        this(message, List.of(), null);
    }

    /**
     * Rejects a data set of which too much was left out.
     *
     * @param problems what was left out, and why
     */
    public DatasetRejected(String message, List<Exclusion> problems) {
        this(message, problems, null);
    }

    DatasetRejected(String message, Throwable cause) {
        this(message, List.of(), cause);
    }

    private DatasetRejected(String message, List<Exclusion> problems, @Nullable Throwable cause) {
        super(CODE, message, cause);
        this.problems = List.copyOf(problems);
    }

    /** What was left out, one by one, for a reader who may see the files' names; a log may not. */
    public List<Exclusion> problems() {
        return problems;
    }

    /** The first hundred files that were left out, for the client, who sent them, and how many there are. */
    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "refusals",
                problems.stream()
                        .limit(MAX_LISTED)
                        .map(problem -> Map.of("file", problem.subject(), "reason", problem.reason()))
                        .toList(),
                "refusalsInAll",
                problems.size());
    }
}
