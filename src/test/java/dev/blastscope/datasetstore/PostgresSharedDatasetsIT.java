package dev.blastscope.datasetstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blastscope.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@EnabledIfEnvironmentVariable(
        named = "BLASTSCOPE_POSTGRES",
        matches = ".+",
        disabledReason = "needs a PostgreSQL server to make schemas on")
class PostgresSharedDatasetsIT extends SharedDatasetsContract {

    private static final String SERVER = System.getenv().getOrDefault("BLASTSCOPE_POSTGRES", "");

    PostgresSharedDatasetsIT(@TempDir Path homes) {
        super(homes);
    }

    @Override
    String database() {
        return Postgres.newSchema();
    }

    @Test
    void nothingStaysOfADataSetThatTheDatabaseHasNoRoomFor(@TempDir Path disk) throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m,mode=777", "tmpfs", disk.toString()), "cannot mount");
        String small = "small_" + UUID.randomUUID().toString().replace('-', '_');
        try {
            assumeTrue(run("chown", "postgres", disk.toString()), "needs the server's user");
            server().sql("create tablespace " + small + " location '" + disk + "'")
                    .update();
            one.jdbc.sql("alter table dataset_chunk set tablespace " + small).update();

            assertThatExceptionOfType(DatasetRefused.class)
                    .isThrownBy(() -> one.put("big", SMEARS))
                    .withMessageContaining("The database has too little free space");
            assertThat(one.count("dataset")).isZero();
            assertThat(homes.resolve("one/datasets")).isEmptyDirectory();
        } finally {
            one.jdbc.sql("drop table dataset_chunk").update();
            server().sql("drop tablespace if exists " + small).update();
            run("umount", disk.toString());
        }
    }

    private static JdbcClient server() {
        return JdbcClient.create(new DriverManagerDataSource(SERVER));
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
