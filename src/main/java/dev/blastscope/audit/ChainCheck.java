package dev.blastscope.audit;

import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes the records in order and finds the first that is missing, or that is not what was written. */
final class ChainCheck {

    private final Link head;
    private final Optional<NotedHead> noted;
    private final TreeSet<Long> blank = new TreeSet<>();
    private Link start = Link.GENESIS;
    private Link last = Link.GENESIS;
    private Link anchor = Link.GENESIS;
    private long records;
    private long erased;
    private @Nullable Fault fault;

    /**
     * @param head what the chain ends in
     * @param noted a record that the chain must have
     */
    ChainCheck(Link head, Optional<NotedHead> noted) {
        this.head = head;
        this.noted = noted;
    }

    void take(AuditRecord record) {
        if (records++ == 0) {
            start = new Link(record.sequence() - 1, record.previousHash());
            last = start;
        }
        if (fault == null) {
            fault = faultOf(record);
        }
        if (fault == null) {
            last = record.link();
            remember(record);
        }
    }

    AuditReport report() {
        Fault found = fault == null ? faultOfTheWhole() : fault;
        String counted = records + " records" + (erased == 0 ? "" : ", the contents of " + erased + " of them erased,");
        return new AuditReport(
                found == null,
                records,
                erased,
                records == 0 ? Optional.empty() : Optional.of(start.sequence() + 1),
                head.sequence(),
                head.hash(),
                Optional.ofNullable(found).map(Fault::sequence),
                found == null
                        ? "The audit trail is intact: " + counted + " up to number " + head.sequence() + "." + onNoted()
                        : "The audit trail is NOT intact. " + found.sentence());
    }

    private String onNoted() {
        return noted.map(link -> link.sequence() > start.sequence()
                        ? " The noted record is one of them."
                        : " The noted record is older than all of them, which is as retention is set.")
                .orElse("");
    }

    private @Nullable Fault faultOf(AuditRecord record) {
        long expected = last.sequence() + 1;
        if (record.sequence() != expected) {
            return new Fault(expected, "Record " + expected + " is missing.");
        }
        if (!record.isGenuine()) {
            return new Fault(expected, "Record " + expected + " was changed.");
        }
        if (!record.previousHash().equals(last.hash())) {
            return new Fault(
                    expected,
                    "Record " + expected
                            + " does not follow the one before it: either was replaced, inserted or moved.");
        }
        boolean isAnother = noted.filter(link -> link.sequence() == expected)
                .filter(link -> !link.hash().equals(record.hash()))
                .isPresent();
        return isAnother
                ? new Fault(
                        expected,
                        "Record " + expected + " is not the one whose hash was noted: the chain was computed anew.")
                : null;
    }

    private void remember(AuditRecord record) {
        if (record.contents().isEmpty()) {
            blank.add(record.sequence());
        }
        Erasure.read(record).ifPresent(erasure -> erasure.sequences().forEach(sequence -> {
            if (blank.remove(sequence)) {
                erased++;
            }
        }));
        Retention.read(record).ifPresent(retention -> anchor = retention.link());
    }

    private @Nullable Fault faultOfTheWhole() {
        if (!anchor.equals(start)) {
            long missing = Math.min(anchor.sequence(), start.sequence()) + 1;
            return new Fault(missing, "Record " + missing + " is missing, and no retention on record deleted it.");
        }
        if (!blank.isEmpty()) {
            return new Fault(
                    blank.first(),
                    "The contents of record " + blank.first() + " are gone, and no erasure on record took them.");
        }
        if (last.sequence() != head.sequence()) {
            long end = Math.min(last.sequence(), head.sequence()) + 1;
            return new Fault(
                    end,
                    last.sequence() < head.sequence()
                            ? "Record " + end + " is missing, with all after it."
                            : "Record " + end + " was added behind the end of the chain.");
        }
        if (!last.hash().equals(head.hash())) {
            return new Fault(
                    last.sequence(), "Record " + last.sequence() + " was replaced: the chain's end is another.");
        }
        return noted.filter(link -> link.sequence() > head.sequence())
                .map(link -> new Fault(
                        head.sequence() + 1,
                        "Record " + (head.sequence() + 1) + " is missing, with all after it up to the noted one."))
                .orElse(null);
    }

    /** What is wrong, and with which record first. */
    private record Fault(long sequence, String sentence) {}
}
