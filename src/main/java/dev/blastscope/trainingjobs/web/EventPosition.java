package dev.blastscope.trainingjobs.web;

import dev.blastscope.trainingjobs.Training;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place of an event among those of a training, which is its id: the revision that it tells of, and its number there.
 *
 * @param number from 0: progress, state, report
 */
record EventPosition(long revision, int number) {

    static final int LAST_NUMBER = 2;

    private static final EventPosition START = new EventPosition(0, LAST_NUMBER);
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})\\.([0-2])");

    /** The start where the text is absent or no id. */
    static EventPosition parse(@Nullable String text) {
        Matcher matcher = FORM.matcher(text == null ? "" : text);
        return matcher.matches()
                ? new EventPosition(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : START;
    }

    boolean isBefore(EventPosition other) {
        return revision < other.revision || (revision == other.revision && number < other.number);
    }

    /** Whether the training has ended and there is nothing more to tell. */
    boolean isBehind(Training training) {
        int last = training.report().isPresent() ? LAST_NUMBER : LAST_NUMBER - 1;
        return training.state().isEnd() && !isBefore(new EventPosition(training.revision(), last));
    }

    @Override
    public String toString() {
        return revision + "." + number;
    }
}
