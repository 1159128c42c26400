package dev.blastscope.database;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A database that fails fills no log. */
class OutageLogTest {

    private final Exception full = new IllegalStateException(
            "The rollback failed",
            new SQLNonTransientConnectionException(
                    "The database has been closed", "90098", 90098, new IOException("No space left on device")));
    private final Logger told = (Logger) LoggerFactory.getLogger(OutageLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ListAppender<ILoggingEvent> others = new ListAppender<>();
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("com.zaxxer.hikari.pool.ProxyConnection");
    private long nanos;

    @BeforeEach
    void listen() {
        lines.start();
        told.addAppender(lines);
        others.setContext(context);
        others.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(others);
        context.addTurboFilter(new OutageLog(() -> nanos));
    }

    @AfterEach
    void stop() {
        told.detachAppender(lines);
        told.setLevel(null);
    }

    @Test
    void whatManyTellIsOneLineWithTheCause() {
        logger.warn("Connection {} marked as broken because of {}", "conn0", "90098", full);
        logger.error("Application exception overridden", full);
        logger.warn("Refused: {}", full);

        assertThat(others.list).isEmpty();
        assertThat(messages())
                .containsExactly(
                        "The database cannot be used: No space left on device. Check that it runs, that it can be"
                                + " reached, and that its disk has room. Requests that need it get 503 until it works again."
                                + " Failures since the last such line: 0.");
        assertThat(lines.list.get(0).getThrowableProxy()).isNull();
    }

    @Test
    void anOutageThatLastsIsToldOnceAMinute() {
        for (int i = 0; i < 130; i++) {
            logger.error("Unhandled exception", full);
            nanos += Duration.ofSeconds(1).toNanos();
        }

        assertThat(messages()).hasSize(3).last().asString().endsWith("Failures since the last such line: 59.");
    }

    @Test
    void whatElseFailsIsLoggedAsItComes() {
        logger.error("Wrong", new SQLSyntaxErrorException("Table not found", "42S02"));
        logger.error("Wrong", new IOException("No space left on device"));
        logger.error("Wrong {}", "argument");
        logger.info("The database answers", full);

        assertThat(others.list).hasSize(4);
        assertThat(lines.list).isEmpty();
    }

    @Test
    void atDebugNothingIsLeftOut() {
        told.setLevel(Level.DEBUG);

        logger.error("Unhandled exception", full);

        assertThat(others.list).singleElement().satisfies(event -> assertThat(event.getThrowableProxy())
                .isNotNull());
    }

    @ParameterizedTest
    @MethodSource
    void theseAreOutages(Throwable failure, String cause) {
        assertThat(Outage.isOne(failure)).isTrue();
        assertThat(Outage.cause(failure)).isEqualTo(cause);
    }

    static Stream<Object[]> theseAreOutages() {
        return Stream.of(
                new Object[] {
                    new SQLException(
                            "Connection to db:5432 refused.", "08001", new ConnectException("Connection refused")),
                    "Connection refused"
                },
                new Object[] {
                    new RuntimeException(new SQLTransientConnectionException("No connection within 5000ms.")),
                    "No connection within 5000ms"
                },
                new Object[] {
                    new SQLException(
                            "ERROR: could not extend file: No space left on device\n  Hint: Check it", "53100"),
                    "ERROR: could not extend file: No space left on device"
                },
                new Object[] {
                    new SQLException("FATAL: the database system is shutting down", "57P03"),
                    "FATAL: the database system is shutting down"
                },
                new Object[] {new SQLException("The database is read only", "90097", 90097), "The database is read only"
                },
                new Object[] {new SQLException("Connection is closed"), "Connection is closed"});
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
