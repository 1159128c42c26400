package dev.blastscope.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Recognises that the database does not answer. */
public final class DatabaseOutage {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final List<Class<? extends Exception>> SIGNS = List.of(
            NonTransientDataAccessResourceException.class,
            TransientDataAccessException.class,
            RecoverableDataAccessException.class,
            CannotCreateTransactionException.class,
            TransactionSystemException.class);

    private DatabaseOutage() {}

    /** The refusal to answer with; empty if the exception is no sign of an outage. */
    public static Optional<RequestRefused> of(Exception e) {
        return SIGNS.stream().anyMatch(sign -> sign.isInstance(e))
                ? Optional.of(new RequestRefused(
                        WebProblems.DATABASE_UNAVAILABLE, WebProblems.DATABASE_UNAVAILABLE.example(), RETRY_AFTER))
                : Optional.empty();
    }
}
