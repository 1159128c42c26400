package dev.blastscope.trainingjobs;

import dev.blastscope.Postgres;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = "BLASTSCOPE_POSTGRES",
        matches = ".+",
        disabledReason = "needs a PostgreSQL server to make schemas on")
class PostgresCrashIT extends CrashContract {

    @Override
    String database() {
        return Postgres.newSchema();
    }
}
