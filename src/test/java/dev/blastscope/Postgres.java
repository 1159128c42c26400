package dev.blastscope;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The PostgreSQL server that the environment names, for tests that are skipped without one. */
public final class Postgres {

    private Postgres() {}

    /** The URL of a new schema, in which nobody else works. */
    public static String newSchema() {
        String server = System.getenv("BLASTSCOPE_POSTGRES");
        String schema = "test_" + UUID.randomUUID().toString().replace('-', '_');
        JdbcClient.create(new DriverManagerDataSource(server))
                .sql("create schema " + schema)
                .update();
        return server + (server.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }
}
