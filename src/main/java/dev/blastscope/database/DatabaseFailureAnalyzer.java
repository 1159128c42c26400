package dev.blastscope.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Explains a start that its database stops. */
final class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    /** What H2 calls a file that another process has open. */
    private static final int IN_USE = 90020;

    private final @Nullable String url;

    DatabaseFailureAnalyzer(Environment environment) {
        this.url = environment.getProperty("spring.datasource.url");
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        if (url == null) {
            return cause.getErrorCode() == IN_USE
                    ? new FailureAnalysis(
                            "Another service uses this home folder: its database is open there.",
                            "Stop that service, or give this one a folder of its own: --blastscope.home=DIR.",
                            cause)
                    : analysis(
                            cause,
                            "The database in the home folder cannot be opened",
                            "Check the disk of the home folder, and whether this user may write to it.");
        }
        return analysis(
                cause,
                "The database of spring.datasource.url cannot be used",
                "Check the URL, the user name and the password, and whether the database runs and can be reached from here.");
    }

    private static @Nullable FailureAnalysis analysis(SQLException cause, String what, String action) {
        String state = cause.getSQLState();
        boolean refused = state != null && (state.startsWith("28") || state.startsWith("3D"));
        return refused || Outage.isOne(cause)
                ? new FailureAnalysis(what + ": " + Outage.cause(cause) + ".", action, cause)
                : null;
    }
}
