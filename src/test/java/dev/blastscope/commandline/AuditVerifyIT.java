package dev.blastscope.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class AuditVerifyIT {

    private final Path home;

    AuditVerifyIT(@TempDir Path home) {
        this.home = home;
    }

    @Test
    void anIntactTrailIsToldWithItsHead() {
        migrate();

        CommandRun run = CommandRun.of("audit", "verify", "--home", home);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("The audit trail is intact: 0 records").contains("Head: 0:0000");
    }

    @Test
    void aTrailThatIsNotIntactIsToldWithTheFirstBadRecord() {
        JdbcClient.create(migrate()).sql("update audit_head set seq = 3").update();

        CommandRun run = CommandRun.of("audit", "verify", "--home", home);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("NOT intact. Record 1 is missing, with all after it.");
    }

    @Test
    void aHomeWithoutATrailIsToldSo() {
        CommandRun run = CommandRun.of("audit", "verify", "--home", home);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("There is no database in this home folder. Check --home");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aHeadThatWasNotedAndIsNotThereIsTold() {
        migrate();

        CommandRun run = CommandRun.of("audit", "verify", "--home", home, "--noted", "7:" + "ab".repeat(32));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("Record 1 is missing, with all after it up to the noted one.");
        assertThat(CommandRun.of("audit", "verify", "--home", home, "--noted", "seven")
                        .err())
                .contains("A noted head is the number of a record, a colon and its hash");
    }

    private DriverManagerDataSource migrate() {
        DriverManagerDataSource source = new DriverManagerDataSource(
                "jdbc:h2:file:" + home.resolve("database/blastscope") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                "blastscope",
                "");
        Flyway.configure().dataSource(source).load().migrate();
        return source;
    }
}
