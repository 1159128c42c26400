package dev.blastscope.retraining;

import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@EnabledIfEnvironmentVariable(
        named = "BLASTSCOPE_POSTGRES",
        matches = ".+",
        disabledReason = "needs a PostgreSQL server to make schemas on")
class PostgresCrashTest extends CrashContract {

    @Override
    String database() {
        String server = System.getenv("BLASTSCOPE_POSTGRES");
        String schema = "crash_" + UUID.randomUUID().toString().replace('-', '_');
        JdbcClient.create(new DriverManagerDataSource(server))
                .sql("create schema " + schema)
                .update();
        return server + (server.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }
}
