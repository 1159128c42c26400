package dev.blastscope.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class ChunksTest {

    private static final String DIALECT = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";

    private final JdbcClient jdbc =
            JdbcClient.create(new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + DIALECT));
    private final Chunks chunks = new Chunks(jdbc, "chunk");
    private final byte[] file = new byte[2 * Chunks.SIZE + 7];

    @BeforeEach
    void table() {
        jdbc.sql("create table chunk (owner varchar(64), part integer, sha256 varchar(64), content bytea,"
                        + " primary key (owner, part))")
                .update();
        new Random(1).nextBytes(file);
    }

    @Test
    void aFileComesBackAsItWas() {
        chunks.addAll("a", file);
        assertThat(count()).isEqualTo(3);
        assertThat(chunks.all("a", file.length)).isEqualTo(file);
        assertThat(chunks.find("a", 2)).hasValueSatisfying(last -> assertThat(last)
                .containsExactly(file[2 * Chunks.SIZE], tail(1), tail(2), tail(3), tail(4), tail(5), tail(6)));
    }

    @Test
    void anOwnerHasItsFileOnceAndOnlyItsOwn() {
        chunks.addAll("a", file);
        chunks.addAll("a", file);
        chunks.addAll("b", new byte[] {1, 2, 3});
        chunks.addAll("empty", new byte[0]);
        assertThat(count()).isEqualTo(5);
        assertThat(chunks.all("b", 3)).containsExactly(1, 2, 3);
        assertThat(chunks.all("empty", 0)).isEmpty();
        assertThat(chunks.find("c", 0)).isEmpty();
    }

    @Test
    void aChunkThatIsNotWhatWasAddedIsNotGivenOut() {
        chunks.addAll("a", file);
        jdbc.sql("update chunk set content = :content where part = 1")
                .param("content", new byte[Chunks.SIZE])
                .update();
        assertThat(chunks.find("a", 1)).isEmpty();
        byte[] rest = chunks.all("a", file.length);
        assertThat(rest[Chunks.SIZE]).isZero();
        assertThat(rest[2 * Chunks.SIZE + 6]).isEqualTo(tail(6));
    }

    private byte tail(int index) {
        return file[2 * Chunks.SIZE + index];
    }

    private int count() {
        return jdbc.sql("select count(*) from chunk").query(Integer.class).single();
    }
}
