package dev.blastscope.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells a database that does not answer from other things that go wrong. */
public final class DatabaseOutage {

    private static final Duration UNTIL_ANOTHER_TRY = Duration.ofSeconds(5);

    private static final List<Class<? extends Exception>> SIGNS = List.of(
            NonTransientDataAccessResourceException.class,
            TransientDataAccessException.class,
            RecoverableDataAccessException.class,
            CannotCreateTransactionException.class,
            TransactionSystemException.class);

    private DatabaseOutage() {}

    /** What a caller is told; empty if the exception is no sign of an outage. */
    public static Optional<RequestRefused> of(Exception e) {
        return SIGNS.stream().anyMatch(sign -> sign.isInstance(e))
                ? Optional.of(new RequestRefused(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "database-unavailable",
                        "The database does not answer, so this cannot be looked up or kept. Try again in a moment; the"
                                + " operator finds the reason in the log.",
                        UNTIL_ANOTHER_TRY))
                : Optional.empty();
    }
}
