package dev.blastscope.database;

import dev.blastscope.home.HomeFolder;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The one database: that of {@code spring.datasource.*}, such as PostgreSQL, else an H2 in a file below the home
 * folder.
 *
 * <p>H2 speaks PostgreSQL's dialect, so that one set of migrations serves both, and a commit is on the disk when it
 * returns.
 */
@Configuration(proxyBeanMethods = false)
public class Database {

    private static final String DIALECT =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
                    // What it would write to a file of its own is in the exceptions too.
                    + ";TRACE_LEVEL_FILE=0";

    private final DataSourceProperties properties;
    private final HomeFolder home;

    Database(DataSourceProperties properties, HomeFolder home) {
        this.properties = properties;
        this.home = home;
    }

    /** Whether it exists already: it is on a server, or its file is there. */
    public boolean isThere() {
        return properties.getUrl() != null || Files.exists(home.databaseFile());
    }

    @Bean
    JdbcConnectionDetails connectionDetails() {
        String configured = properties.getUrl();
        return configured != null
                ? new Details(configured, properties.getUsername(), properties.getPassword())
                : new Details("jdbc:h2:file:" + home.database().toAbsolutePath() + DIALECT, "blastscope", "");
    }

    private record Details(
            String getJdbcUrl,
            @Nullable String getUsername,
            @Nullable String getPassword) implements JdbcConnectionDetails {}
}
