package dev.blastscope.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Evicts connections from the pool whose H2 has closed itself, as it does when its disk is full; the next connection
 * opens the database again, once it can.
 */
public final class ClosedDatabase implements SQLExceptionOverride {

    /** H2's codes for: the object, the connection or the database is closed; it was closed at a shutdown. */
    private static final Set<Integer> CLOSED = Set.of(90007, 90067, 90098, 90121);

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        return CLOSED.contains(e.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
