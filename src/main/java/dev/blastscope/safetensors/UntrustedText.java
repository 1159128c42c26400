package dev.blastscope.safetensors;

/** Text out of a file or a request that is about to be repeated in a message. */
public final class UntrustedText {

    private static final int MAX_LENGTH = 80;

    private UntrustedText() {}

    /** The text in quotes, fit for one line of a log: short, and without characters that forge or hide. */
    public static String quoted(String text) {
        String printable = text.replaceAll("\\p{C}", "?");
        return printable.length() <= MAX_LENGTH
                ? '"' + printable + '"'
                : '"' + printable.substring(0, MAX_LENGTH) + "...\"";
    }
}
