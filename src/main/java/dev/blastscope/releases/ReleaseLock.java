package dev.blastscope.releases;

import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets all replicas change releases one at a time, a transaction each, and see in one number that something changed. */
@Component
class ReleaseLock {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    ReleaseLock(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Another number after each change. */
    long revision() {
        return jdbc.sql("select revision from release_head where id = 1")
                .query(Long.class)
                .single();
    }

    /** Makes a change, committed when this returns; what it throws undoes it. */
    <T> Optional<T> change(Supplier<Optional<T>> change) {
        return Optional.ofNullable(transaction.execute(status -> {
                    jdbc.sql("update release_head set revision = revision + 1 where id = 1")
                            .update();
                    return change.get();
                }))
                .flatMap(made -> made);
    }
}
