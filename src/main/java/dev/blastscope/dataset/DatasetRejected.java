package dev.blastscope.dataset;

import java.util.List;

/** Says why a data set as a whole cannot be used; the message names the rule broken and how to mend it, and no file. */
public final class DatasetRejected extends Exception {

    private final transient List<Exclusion> problems;

    public DatasetRejected(String message) {
        this(message, List.of());
    }

    /**
     * Refuses a data set of which too much was left out.
     *
     * @param problems what was left out, and why
     */
    public DatasetRejected(String message, List<Exclusion> problems) {
        super(message);
        this.problems = List.copyOf(problems);
    }

    DatasetRejected(String message, Throwable cause) {
        super(message, cause);
        this.problems = List.of();
    }

    /** What was left out, one by one, for whoever may see the files' names; a log may not. */
    public List<Exclusion> problems() {
        return problems;
    }
}
