package dev.blastscope.refusal;

/** Text from a file or a request that a message repeats. */
public final class UntrustedText {

    private static final int MAX_LENGTH = 80;

    private UntrustedText() {}

    /** The text in quotes, fit for one line of a log: short, and without characters that forge or hide others. */
    public static String quoted(String text) {
        String printable = text.replaceAll("\\p{C}", "?");
        return printable.length() <= MAX_LENGTH
                ? '"' + printable + '"'
                : '"' + printable.substring(0, MAX_LENGTH) + "...\"";
    }
}
