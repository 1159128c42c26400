package dev.blastscope.datasetstore;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class H2SharedDatasetsIT extends SharedDatasetsContract {

    private static Server server;

    H2SharedDatasetsIT(@TempDir Path homes) {
        super(homes);
    }

    @BeforeAll
    static void start() throws SQLException {
        server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-tcpDaemon")
                .start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Override
    String database() {
        return "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";
    }
}
