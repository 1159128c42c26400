package dev.blastscope.releases;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

class H2ReplicasIT extends ReplicasContract {

    H2ReplicasIT(@TempDir Path homes) {
        super(homes);
    }

    @Override
    String database() {
        return "jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
    }
}
