package dev.blastscope.releases;

import dev.blastscope.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfEnvironmentVariable(
        named = "BLASTSCOPE_POSTGRES",
        matches = ".+",
        disabledReason = "needs a PostgreSQL server to make schemas on")
class PostgresReplicasIT extends ReplicasContract {

    PostgresReplicasIT(@TempDir Path homes) {
        super(homes);
    }

    @Override
    String database() {
        return Postgres.newSchema();
    }
}
