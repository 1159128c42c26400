package dev.blastscope.audit;

import dev.blastscope.audit.AuditRecord.Entry;
import dev.blastscope.audit.AuditRecord.Link;
import dev.blastscope.audit.ChainCheck.Erasure;
import dev.blastscope.audit.ChainCheck.Retention;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** All changes of the chain, in a transaction each, one at a time over all nodes: each locks the head first. */
@Component
class AuditChain {

    private final AuditRecords records;
    private final TransactionOperations transaction;

    AuditChain(AuditRecords records, TransactionOperations transaction) {
        this.records = records;
        this.transaction = transaction;
    }

    /** Appends all entries or, if it throws, none; they are committed when it returns. */
    void append(List<Entry> entries) {
        transaction.executeWithoutResult(status -> append(records.lockedHead(), entries));
    }

    /** Commits an update that changes nothing; fails if an append would fail now. */
    void touch() {
        transaction.executeWithoutResult(status -> records.moveHead(records.lockedHead()));
    }

    /**
     * Erases the contents of every record about an image, and records that; the number of a record is not personal
     * data.
     *
     * @return the number of records
     */
    int erase(String image, String actor, Instant now) {
        return Optional.ofNullable(transaction.execute(status -> {
                    Link head = records.lockedHead();
                    List<Long> sequences = records.about(image);
                    if (!sequences.isEmpty()) {
                        records.blankAbout(image);
                        append(head, List.of(Entry.of(new Erasure(sequences).event(), actor, now)));
                    }
                    return sequences.size();
                }))
                .orElse(0);
    }

    /**
     * Deletes the records before the first that is young enough, and records where the chain begins now.
     *
     * @return the number of deleted records
     */
    int deleteBefore(Instant limit, String actor, Instant now) {
        return Optional.ofNullable(transaction.execute(status -> {
                    Link head = records.lockedHead();
                    long through = records.firstSince(limit).orElse(head.sequence() + 1) - 1;
                    Optional<AuditRecord> last = records.find(through);
                    if (last.isEmpty()) {
                        return 0;
                    }
                    int deleted = records.deleteThrough(through);
                    Retention retention = new Retention(through, last.get().hash());
                    append(head, List.of(Entry.of(retention.event(), actor, now)));
                    return deleted;
                }))
                .orElse(0);
    }

    private void append(Link head, List<Entry> entries) {
        Link last = head;
        for (Entry entry : entries) {
            AuditRecord record = entry.after(last);
            records.insert(record);
            last = record.link();
        }
        records.moveHead(last);
    }
}
