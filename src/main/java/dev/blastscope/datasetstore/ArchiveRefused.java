package dev.blastscope.datasetstore;

import dev.blastscope.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An uploaded archive that is refused as a whole; the message names the rule broken and the way out. */
public final class ArchiveRefused extends Refusal {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<Entry> entries;
    private final int total;

    private ArchiveRefused(Reason reason, String message) {
        this(reason, message, List.of(), 0);
    }

    private ArchiveRefused(Reason reason, String message, List<Entry> entries, int total) {
        super(reason.code, message);
        this.reason = reason;
        this.entries = List.copyOf(entries);
        this.total = total;
    }

    static ArchiveRefused cutShort() {
        return new ArchiveRefused(
                Reason.CUT_SHORT,
                "The upload could not be read to its end. Send as many bytes as Content-Length says, or valid chunks.");
    }

    static ArchiveRefused notAZip() {
        return new ArchiveRefused(
                Reason.NOT_A_ZIP,
                "The upload is not a readable zip, or only a part of one. Pack the data set again and send the whole file.");
    }

    static ArchiveRefused tooLarge(String rule, Object... measured) {
        return new ArchiveRefused(Reason.TOO_LARGE, String.format(Locale.ROOT, rule, measured));
    }

    public Reason reason() {
        return reason;
    }

    /** The first hundred entries that break a rule, for the client, and how many there are. */
    @Override
    public Map<String, Object> facts() {
        return reason == Reason.UNSAFE_ENTRIES ? Map.of("refusals", entries, "refusalsInAll", total) : Map.of();
    }

    /** Why an archive is refused; the list is closed. */
    public enum Reason {
        /** The upload ended before the archive did. */
        CUT_SHORT("incomplete-body"),
        /** The bytes are no zip that can be read. */
        NOT_A_ZIP("not-a-zip"),
        /** More bytes or entries than are accepted. */
        TOO_LARGE("dataset-too-large"),
        /** Some entries break a rule. */
        UNSAFE_ENTRIES("unsafe-archive");

        private final String code;

        Reason(String code) {
            this.code = code;
        }
    }

    /**
     * An entry of an archive that breaks a rule.
     *
     * @param entry its number in the archive's directory, from 1
     * @param name its name, cut, and without characters that forge or hide others
     * @param reason the rule
     */
    public record Entry(int entry, String name, String reason) {

        private static final int MAX_NAME_LENGTH = 200;

        public Entry {
            name = name.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
            name = name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH) + "...";
        }
    }

    /** Collects the entries that break a rule. */
    static final class Collector {

        private static final int MAX_LISTED = 100;

        private final List<Entry> listed = new ArrayList<>();
        private int total;

        void add(int entry, String name, String rule) {
            total++;
            if (listed.size() < MAX_LISTED) {
                listed.add(new Entry(entry, name, rule));
            }
        }

        void throwIfAny() throws ArchiveRefused {
            if (total > 0) {
                throw new ArchiveRefused(
                        Reason.UNSAFE_ENTRIES,
                        "Nothing was stored, because " + total + " entries of the archive break a rule. Correct them or"
                                + " leave them out, as their reasons say, and send the archive again.",
                        listed,
                        total);
            }
        }
    }
}
