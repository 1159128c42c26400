package dev.blastscope.security;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of a test's own with the service's schema. */
final class KeyDatabase {

    private final DataSource source;

    private KeyDatabase(String url, String schema) {
        source = new DriverManagerDataSource(url);
        Flyway.configure()
                .dataSource(source)
                .schemas(schema)
                .defaultSchema(schema)
                .load()
                .migrate();
    }

    static KeyDatabase h2() {
        return new KeyDatabase(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
                "public");
    }

    static KeyDatabase postgres() {
        String schema = "keys_" + UUID.randomUUID().toString().replace("-", "");
        String url = Objects.requireNonNull(System.getenv("BLASTSCOPE_POSTGRES"));
        return new KeyDatabase(url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema, schema);
    }

    ApiKeys keys(Duration grace, Clock clock) {
        return new ApiKeys(client(), transactions(), Keys.settings("", grace, "scope", ""), clock);
    }

    JdbcClient client() {
        return JdbcClient.create(source);
    }

    TransactionOperations transactions() {
        return new TransactionTemplate(new JdbcTransactionManager(source));
    }
}
