package dev.blastscope.database;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Bytes in a table of the database, cut into chunks so that neither side holds all of them as one value. Each chunk has
 * its SHA-256 beside it.
 *
 * <p>The table has the columns owner, part, sha256 and content. When chunks are deleted is a matter of their feature.
 */
public final class Chunks {

    /** Half of what H2 takes as one value. */
    public static final int SIZE = 512 * 1024;

    private final JdbcClient jdbc;
    private final String table;

    public Chunks(JdbcClient jdbc, String table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /**
     * Adds one chunk.
     *
     * @param owner what the chunks belong to
     * @param part its number, from 0
     */
    public void add(String owner, int part, byte[] content) {
        jdbc.sql("insert into " + table + " (owner, part, sha256, content) values (:owner, :part, :sha256, :content)")
                .param("owner", owner)
                .param("part", part)
                .param("sha256", DigestUtils.sha256Hex(content))
                .param("content", content)
                .update();
    }

    /** Adds a whole file, at least one chunk, unless its owner has chunks already. */
    public void addAll(String owner, byte[] file) {
        if (has(owner)) {
            return;
        }
        for (int part = 0; part == 0 || part * (long) SIZE < file.length; part++) {
            int begin = part * SIZE;
            add(owner, part, Arrays.copyOfRange(file, begin, Math.min(file.length, begin + SIZE)));
        }
    }

    /** One chunk; empty if it is missing or is not what was added. */
    public Optional<byte[]> find(String owner, int part) {
        return jdbc.sql("select sha256, content from " + table + " where owner = :owner and part = :part")
                .param("owner", owner)
                .param("part", part)
                .query((row, number) -> {
                    byte[] content = Objects.requireNonNull(row.getBytes("content"));
                    return DigestUtils.sha256Hex(content).equals(row.getString("sha256")) ? content : new byte[0];
                })
                .optional()
                .filter(content -> content.length > 0);
    }

    /** A whole file of a known length, with zeros where a chunk is missing or damaged. */
    public byte[] all(String owner, int length) {
        byte[] file = new byte[length];
        for (int begin = 0; begin < length; begin += SIZE) {
            byte[] chunk = find(owner, begin / SIZE).orElse(new byte[0]);
            System.arraycopy(chunk, 0, file, begin, Math.min(chunk.length, length - begin));
        }
        return file;
    }

    private boolean has(String owner) {
        return jdbc.sql("select count(*) from " + table + " where owner = :owner and part = 0")
                        .param("owner", owner)
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
