package dev.blastscope.dataset;

/**
 * Something that was left out of a data set, and why.
 *
 * @param subject the file, relative to the data set, or the line of the manifest
 * @param reason the rule that it breaks
 */
public record Exclusion(String subject, String reason) {

    public Exclusion {
        // A file's name may hold a line break, and would then pass for two lines in a log.
        subject = onOneLine(subject);
        reason = onOneLine(reason);
    }

    @Override
    public String toString() {
        return subject + ": " + reason;
    }

    private static String onOneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
