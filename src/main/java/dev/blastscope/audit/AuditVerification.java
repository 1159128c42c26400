package dev.blastscope.audit;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Verifies the integrity of the audit trail: reads the whole chain, as it is at one moment. */
@Component
public class AuditVerification {

    private static final int PAGE = 1_000;

    private final AuditRecords records;
    private final TransactionTemplate snapshot;

    @Autowired
    AuditVerification(AuditRecords records, PlatformTransactionManager transactions) {
        this.records = records;
        this.snapshot = new TransactionTemplate(transactions);
        // All reads must see one moment, or an erasure between two of them would look like a forgery.
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /** For a database without the rest of the service. */
    public static AuditVerification of(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new AuditVerification(new AuditRecords(jdbc), transactions);
    }

    /**
     * Verifies all records; takes seconds per million, and little memory.
     *
     * @param noted a record that the chain must have, unless retention deleted it
     */
    public Report verify(Optional<NotedHead> noted) {
        return Objects.requireNonNull(snapshot.execute(status -> {
            ChainCheck check = new ChainCheck(records.headBesideRecords(), noted);
            List<AuditRecord> page = records.page(0, PAGE);
            while (!page.isEmpty()) {
                page.forEach(check::take);
                page = records.page(page.get(page.size() - 1).sequence() + 1, PAGE);
            }
            return check.report();
        }));
    }

    /**
     * The number and hash of a record that was the newest when they were noted elsewhere: a chain that was computed
     * anew cannot have it.
     *
     * @param sequence from 1
     * @param hash 64 lower-case hexadecimal digits
     */
    public record NotedHead(long sequence, String hash) {

        private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,17}):([0-9a-f]{64})");

        /**
         * Reads {@code NUMBER:HASH}.
         *
         * @throws IllegalArgumentException if it is not of this form; the message shows the form
         */
        public static NotedHead parse(String text) {
            Matcher parts = TEXT.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException(
                        "A noted head is the number of a record, a colon and its hash of 64 lower-case hexadecimal digits,"
                                + " as a verification prints them.");
            }
            return new NotedHead(Long.parseLong(parts.group(1)), parts.group(2));
        }
    }

    /** The result of a verification. */
    @Schema(name = "AuditReport", description = "The result of a verification of the audit trail")
    public record Report(
            @Schema(description = "Whether every record is as it was written, and in its place")
            boolean intact,

            @Schema(description = "Number of records", example = "1204")
            long records,

            @Schema(description = "Number of records whose contents were erased, by erasures that were recorded")
            long erased,

            @Schema(description = "Number of the oldest record; absent if there is none")
            Optional<Long> first,

            @Schema(description = "Number of the newest record ever written; 0 if there was none", example = "1204")
            long last,

            @Schema(
                    description = "Hash of the newest record. Noted in another place, with its number, it proves later"
                            + " that the chain was not computed anew")
            String head,

            @Schema(
                    description = "Number of the first record that is missing or was changed; absent if the audit trail"
                            + " is intact")
            Optional<Long> firstBad,

            @Schema(
                    description = "The result in words",
                    example = "The audit trail is intact: 1204 records up to number 1204.")
            String sentence) {}
}
