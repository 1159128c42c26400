package dev.blastscope.commandline;

import dev.blastscope.assembly.BlastscopeSettings;
import dev.blastscope.assembly.Database;
import dev.blastscope.audit.AuditReport;
import dev.blastscope.audit.AuditVerification;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Finds out whether the audit trail is what was written. */
@Command(
        name = "verify",
        description = "Finds out whether the audit trail is what was written; the exit code is 0 if it is, else 1.",
        versionProvider = Commands.Version.class,
        mixinStandardHelpOptions = true)
final class AuditVerifyCommand implements Callable<Integer> {

    /** What H2 calls a file that another process has open. */
    private static final int IN_USE = 90020;

    @Mixin
    private final Parts parts = new Parts();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        try (ConfigurableApplicationContext context = parts.open(AuditParts.class)) {
            AuditReport report = AuditVerification.of(
                            context.getBean(JdbcClient.class), context.getBean(PlatformTransactionManager.class))
                    .verify();
            out.println(report.sentence());
            out.println("Head: number " + report.last() + ", hash " + report.head()
                    + ". Note it in another place to prove later that nothing before it changed.");
            return report.intact() ? 0 : 1;
        } catch (DataAccessException | TransactionException e) {
            err.println(
                    isInUse(e)
                            ? "The database is open in the running service. Stop it, or ask it:"
                                    + " POST /api/v1/admin/audit/verify"
                            : "The database cannot be read, or has no audit trail. Check --home, or spring.datasource.url.");
            return 1;
        }
    }

    private static boolean isInUse(Exception failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql && sql.getErrorCode() == IN_USE);
    }

    /** The database alone, as it is: no migration and no model. */
    @Import(Database.class)
    @EnableConfigurationProperties(BlastscopeSettings.class)
    @ImportAutoConfiguration({
        ConfigurationPropertiesAutoConfiguration.class,
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class
    })
    static class AuditParts {}
}
