package dev.blastscope.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number and hash of a record that somebody noted elsewhere when it was the newest: what a chain that was computed anew
 * cannot have.
 *
 * @param sequence from 1
 * @param hash 64 lower-case hexadecimal digits
 */
public record NotedHead(long sequence, String hash) {

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,17}):([0-9a-f]{64})");

    /**
     * Reads {@code NUMBER:HASH}.
     *
     * @throws IllegalArgumentException if it is none; the message says how it should be
     */
    public static NotedHead parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "A noted head is the number of a record, a colon and its hash of 64 lower-case"
                            + " hexadecimal digits, as a verification tells them.");
        }
        return new NotedHead(Long.parseLong(parts.group(1)), parts.group(2));
    }
}
