package dev.blastscope.database;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a database that cannot be reached, or cannot write, from a statement that is wrong. */
final class Outage {

    /** A chain that bites its own tail ends here. */
    private static final int LONGEST_CHAIN = 20;

    /** The pool's word for a connection that it gave up. */
    private static final String GIVEN_UP = "Connection is closed";

    /** H2's code for writing to what has become read-only. */
    private static final int READ_ONLY = 90097;

    private Outage() {}

    static boolean isOne(Throwable failure) {
        return causes(failure).anyMatch(cause -> cause instanceof SQLException sql && isOne(sql));
    }

    /** The first sentence of the failure at the bottom: of the disk or the network, where one is known. */
    static String cause(Throwable failure) {
        Optional<Throwable> io =
                causes(failure).filter(IOException.class::isInstance).reduce((first, last) -> last);
        Throwable root =
                io.orElseGet(() -> causes(failure).reduce((first, last) -> last).orElse(failure));
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return message.lines().findFirst().orElse("").replaceAll("[.\\s]+$", "");
    }

    private static boolean isOne(SQLException e) {
        return e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException
                || e.getErrorCode() == READ_ONLY
                || isState(e.getSQLState())
                || (e.getSQLState() == null && GIVEN_UP.equals(e.getMessage()))
                || causes(e).anyMatch(IOException.class::isInstance);
    }

    /** Connection, lack of a resource such as the disk, intervention of the operator, system. */
    private static boolean isState(@Nullable String state) {
        return state != null && Stream.of("08", "53", "57P", "58").anyMatch(state::startsWith);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(LONGEST_CHAIN);
    }
}
