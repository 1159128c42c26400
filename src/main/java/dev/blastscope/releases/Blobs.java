package dev.blastscope.releases;

import java.util.Arrays;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Files in the database by their SHA-256, in chunks, so that neither side holds a file as one value. */
@Component
class Blobs {

    /** Half of what H2 takes as one value. */
    private static final int CHUNK = 512 * 1024;

    private final JdbcClient jdbc;

    Blobs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores a file that is not there yet; part of a change of the {@link ReleaseLock}. */
    void put(String sha256, byte[] content) {
        if (jdbc.sql("select count(*) from model_chunk where sha256 = :sha256 and part = 0")
                        .param("sha256", sha256)
                        .query(Integer.class)
                        .single()
                > 0) {
            return;
        }
        for (int part = 0; part == 0 || part * (long) CHUNK < content.length; part++) {
            int begin = part * CHUNK;
            jdbc.sql("insert into model_chunk (sha256, part, content) values (:sha256, :part, :content)")
                    .param("sha256", sha256)
                    .param("part", part)
                    .param("content", Arrays.copyOfRange(content, begin, Math.min(content.length, begin + CHUNK)))
                    .update();
        }
    }

    /** The bytes as they are in the database, up to the length; zeros where a chunk is missing. */
    byte[] get(String sha256, int length) {
        byte[] content = new byte[length];
        for (int begin = 0; begin < length; begin += CHUNK) {
            byte[] chunk = jdbc.sql("select content from model_chunk where sha256 = :sha256 and part = :part")
                    .param("sha256", sha256)
                    .param("part", begin / CHUNK)
                    .query(byte[].class)
                    .optional()
                    .orElse(new byte[0]);
            System.arraycopy(chunk, 0, content, begin, Math.min(chunk.length, length - begin));
        }
        return content;
    }

    /** Removes what no version has any more; part of a change of the {@link ReleaseLock}. */
    void removeUnused() {
        jdbc.sql("delete from model_chunk where sha256 not in (select sha256 from model_file)")
                .update();
    }
}
