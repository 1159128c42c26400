package dev.blastscope.releases;

import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Serialises the changes of all replicas to releases, a transaction each, and counts them, so that a replica polls one
 * number.
 */
@Component
class ReleaseLock {

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;

    ReleaseLock(JdbcClient jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Another number after each change. */
    long revision() {
        return jdbc.sql("select revision from release_head where id = 1")
                .query(Long.class)
                .single();
    }

    /** Makes a change, committed when this returns; what it throws undoes it. */
    <T> T change(Change<T> change) throws ReleaseRefused {
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                jdbc.sql("update release_head set revision = revision + 1 where id = 1")
                        .update();
                try {
                    return change.make();
                } catch (ReleaseRefused refusal) {
                    throw new Undone(refusal);
                }
            }));
        } catch (Undone undone) {
            throw undone.refusal;
        }
    }

    /** A change, which may find that a rule forbids it. */
    interface Change<T> {

        T make() throws ReleaseRefused;
    }

    /** Carries a refusal out of a transaction, which only an unchecked exception undoes. */
    private static final class Undone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final ReleaseRefused refusal;

        Undone(ReleaseRefused refusal) {
            super(refusal);
            this.refusal = refusal;
        }
    }
}
