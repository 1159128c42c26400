package dev.blastscope.audit;

import dev.blastscope.audit.AuditRecord.Event;
import dev.blastscope.audit.AuditRecord.Link;
import dev.blastscope.audit.AuditVerification.NotedHead;
import dev.blastscope.audit.AuditVerification.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes the records in order and finds the first that is missing, or is not as it was written. */
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
     * @param head the end of the chain
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

    Report report() {
        Fault found = fault == null ? faultOfTheWhole() : fault;
        String counted = records + " records" + (erased == 0 ? "" : ", the contents of " + erased + " of them erased,");
        return new Report(
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
                        : " The noted record is older than all of them: retention deleted it.")
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
                            + " does not follow the one before it: one of the two was replaced, inserted or moved.");
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
            return new Fault(missing, "Record " + missing + " is missing, and no recorded retention deleted it.");
        }
        if (!blank.isEmpty()) {
            return new Fault(
                    blank.first(),
                    "The contents of record " + blank.first() + " are missing, and no recorded erasure removed them.");
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
                    last.sequence(), "Record " + last.sequence() + " was replaced: it is not the end of the chain.");
        }
        return noted.filter(link -> link.sequence() > head.sequence())
                .map(link -> new Fault(
                        head.sequence() + 1,
                        "Record " + (head.sequence() + 1) + " is missing, with all after it up to the noted one."))
                .orElse(null);
    }

    /**
     * The details of an {@link AuditAction#ERASURE}.
     *
     * @param sequences the numbers of the records whose contents were erased; not the image, which this would keep
     */
    record Erasure(List<Long> sequences) {

        Event event() {
            return new Event(AuditAction.ERASURE, Optional.empty(), Map.of("sequences", sequences));
        }

        static Optional<Erasure> read(AuditRecord record) {
            return record.details(AuditAction.ERASURE, Erasure.class);
        }
    }

    /**
     * The details of a {@link AuditAction#RETENTION}: where the chain begins now.
     *
     * @param through the number of the last record that was deleted
     * @param hash its hash, which the first remaining record follows
     */
    record Retention(long through, String hash) {

        Event event() {
            return new Event(AuditAction.RETENTION, Optional.empty(), Map.of("through", through, "hash", hash));
        }

        static Optional<Retention> read(AuditRecord record) {
            return record.details(AuditAction.RETENTION, Retention.class);
        }

        Link link() {
            return new Link(through, hash);
        }
    }

    /** What is wrong, and the first record concerned. */
    private record Fault(long sequence, String sentence) {}
}
