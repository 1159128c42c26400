package dev.blastscope.audit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the whole chain, as it is at one moment, and says whether it is what was written. */
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

    /** Verifies the chain of a database without the rest of the service. */
    public static AuditVerification of(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new AuditVerification(new AuditRecords(jdbc), transactions);
    }

    /**
     * Takes seconds for each million records, and little memory.
     *
     * @param noted a record that the chain must have, unless retention deleted it
     */
    public AuditReport verify(Optional<NotedHead> noted) {
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
}
