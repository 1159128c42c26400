package dev.blastscope.audit;

import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes the records in order and finds the first that is missing, or that is not what was written. */
final class ChainCheck {

    private final Link head;
    private final TreeSet<Long> blank = new TreeSet<>();
    private Link start = Link.GENESIS;
    private Link last = Link.GENESIS;
    private Link anchor = Link.GENESIS;
    private long records;
    private long erased;
    private @Nullable Fault fault;

    /** @param head what the chain ends in */
    ChainCheck(Link head) {
        this.head = head;
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
                        ? "The audit trail is intact: " + counted + " up to number " + head.sequence() + "."
                        : "The audit trail is NOT intact. " + found.sentence());
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
        return null;
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
        return last.hash().equals(head.hash())
                ? null
                : new Fault(
                        last.sequence(), "Record " + last.sequence() + " was replaced: the chain's end is another.");
    }

    /** What is wrong, and with which record first. */
    private record Fault(long sequence, String sentence) {}
}
