package dev.blastscope.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

class DatabaseFailureAnalyzerTest {

    private static final String URL = "jdbc:postgresql://db:5432/blastscope";

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void aFileThatAnotherServiceHasOpen() {
        assertThat(analysis(new SQLException("Database may be already in use", "90020", 90020)))
                .satisfies(analysis -> assertThat(analysis.getDescription()).contains("Another service uses this home"))
                .satisfies(analysis -> assertThat(analysis.getAction()).contains("--blastscope.home=DIR"));
    }

    @Test
    void aFileThatCannotBeWritten() {
        SQLException failure = new SQLException("IO Exception", "90028", 90028, new IOException("Input/output error"));
        assertThat(analysis(failure).getDescription())
                .isEqualTo("The database in the home folder cannot be opened: Input/output error.");
    }

    @Test
    void aServerThatDoesNotAnswer() {
        environment.setProperty("spring.datasource.url", URL);
        SQLException failure =
                new SQLException("Connection refused", "08001", new ConnectException("Connection refused"));
        assertThat(analysis(failure).getDescription())
                .isEqualTo("The database of spring.datasource.url cannot be used: Connection refused.");
    }

    @ParameterizedTest
    @CsvSource({"28P01, FATAL: password authentication failed", "3D000, FATAL: database does not exist"})
    void aServerThatRefuses(String state, String message) {
        environment.setProperty("spring.datasource.url", URL);
        assertThat(analysis(new SQLException(message, state)).getDescription()).endsWith(": " + message + ".");
    }

    @Test
    void aFaultOfTheProgramKeepsItsStackTrace() {
        assertThat(new DatabaseFailureAnalyzer(environment)
                        .analyze(new SQLSyntaxErrorException("Syntax error in V9__x.sql", "42001")))
                .isNull();
    }

    private FailureAnalysis analysis(SQLException failure) {
        return Objects.requireNonNull(
                new DatabaseFailureAnalyzer(environment).analyze(new IllegalStateException("No bean", failure)));
    }
}
