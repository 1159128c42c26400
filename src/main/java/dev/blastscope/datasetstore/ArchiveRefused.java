package dev.blastscope.datasetstore;

import java.util.List;
import java.util.Locale;

/** An uploaded archive that is refused as a whole; the message names the rule broken and the way out. */
public final class ArchiveRefused extends Exception {

    /** Why an archive is refused; the list is closed. */
    public enum Reason {
        /** The upload ended before the archive did. */
        CUT_SHORT,
        /** The bytes are no zip that can be read. */
        NOT_A_ZIP,
        /** More bytes or entries than are accepted. */
        TOO_LARGE,
        /** Some entries break a rule; {@link #refusals()} names them. */
        UNSAFE_ENTRIES
    }

    private final Reason reason;
    private final transient List<Refusal> refusals;
    private final int total;

    private ArchiveRefused(Reason reason, String message, List<Refusal> refusals, int total) {
        super(message, null, false, false);
        this.reason = reason;
        this.refusals = List.copyOf(refusals);
        this.total = total;
    }

    static ArchiveRefused cutShort() {
        return new ArchiveRefused(
                Reason.CUT_SHORT,
                "The upload could not be read to its end. Send as many bytes as Content-Length says, or valid chunks.",
                List.of(),
                0);
    }

    static ArchiveRefused notAZip() {
        return new ArchiveRefused(
                Reason.NOT_A_ZIP,
                "The upload is no zip that can be read, or not all of one. Pack the data set again and send the whole file.",
                List.of(),
                0);
    }

    static ArchiveRefused tooLarge(String rule, Object... measured) {
        return new ArchiveRefused(Reason.TOO_LARGE, String.format(Locale.ROOT, rule, measured), List.of(), 0);
    }

    static ArchiveRefused unsafe(List<Refusal> listed, int total) {
        return new ArchiveRefused(
                Reason.UNSAFE_ENTRIES,
                "Nothing was stored, because entries of the archive break a rule: " + total
                        + " of them. Mend them or leave"
                        + " them out, as their reasons say, and send the archive again.",
                listed,
                total);
    }

    public Reason reason() {
        return reason;
    }

    /** The entries that break a rule, the first hundred of them. */
    public List<Refusal> refusals() {
        return refusals;
    }

    /** How many entries break a rule. */
    public int total() {
        return total;
    }
}
