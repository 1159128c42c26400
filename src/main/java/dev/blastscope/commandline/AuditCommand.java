package dev.blastscope.commandline;

import dev.blastscope.audit.AuditVerification;
import dev.blastscope.audit.AuditVerification.NotedHead;
import dev.blastscope.database.Database;
import dev.blastscope.home.HomeFolder;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
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
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Maintains the audit trail. */
@Command(
        name = "audit",
        description = "Maintains the audit trail.",
        versionProvider = Commands.Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "verify",
        subcommands = AuditCommand.Verify.class)
final class AuditCommand {

    @Command(
            name = "verify",
            description =
                    "Verifies the integrity of the audit trail while the service is down. The exit code is 0 if it is"
                            + " intact, and 1 otherwise.",
            versionProvider = Commands.Version.class,
            mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {

        /** H2's error code for a database file that another process has open. */
        private static final int IN_USE = 90020;

        @Mixin
        private final CommandContext common = new CommandContext();

        @Option(
                names = "--noted",
                paramLabel = "NUMBER:HASH",
                converter = HeadConverter.class,
                description = "A head that was noted earlier and must still be in the audit trail.")
        private @Nullable NotedHead noted;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
            try (ConfigurableApplicationContext context = common.open(AuditParts.class)) {
                if (!context.getBean(Database.class).isThere()) {
                    err.println("There is no database in this home folder. Check --home, or spring.datasource.url.");
                    return 1;
                }
                AuditVerification.Report report = AuditVerification.of(
                                context.getBean(JdbcClient.class), context.getBean(PlatformTransactionManager.class))
                        .verify(Optional.ofNullable(noted));
                out.println(report.sentence());
                out.println("Head: " + report.last() + ":" + report.head()
                        + "  Keep it in another place: --noted proves later that nothing before it has changed.");
                return report.intact() ? 0 : 1;
            } catch (DataAccessException | TransactionException e) {
                err.println(
                        isInUse(e)
                                ? "The database is open in the running service. Stop the service, or ask it:"
                                        + " POST /api/v1/admin/audit/verify"
                                : "The database cannot be read, or has no audit trail. Check --home, or spring.datasource.url.");
                return 1;
            }
        }

        private static boolean isInUse(Exception failure) {
            return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                    .anyMatch(cause -> cause instanceof SQLException sql && sql.getErrorCode() == IN_USE);
        }
    }

    /** Parses a head in the form in which a verification prints it. */
    static final class HeadConverter implements ITypeConverter<NotedHead> {

        @Override
        public NotedHead convert(String text) {
            try {
                return NotedHead.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** The database alone, as it is: no migration and no model. */
    @Import(Database.class)
    @EnableConfigurationProperties(HomeFolder.class)
    @ImportAutoConfiguration({
        ConfigurationPropertiesAutoConfiguration.class,
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class
    })
    static class AuditParts {}
}
