package dev.blastscope.training;

import dev.blastscope.home.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Vectors computed from images, on disk: a file each, found by the image's content and by what computed it.
 *
 * <p>Safe for use by any number of threads and processes, which at worst compute the same vector twice. A file that a
 * crash of the machine tore is recognised by its checksum, and computed again.
 */
public final class FeatureCache {

    private static final int MAGIC = 0x42534631; // "BSF1"
    private static final int SHARD_DIGITS = 2;

    private final Path root;

    /** A cache in the given folder, which is made when it is needed. */
    public FeatureCache(Path root) {
        this.root = root;
    }

    /**
     * A vector, if it is there and whole.
     *
     * @param origin names exactly what computed it; letters, digits, dots and hyphens
     * @param sha256 the image's content
     * @param length the vector's length
     */
    Optional<float[]> get(String origin, String sha256, int length) {
        try {
            ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(file(origin, sha256)));
            int body = Float.BYTES * length;
            if (file.remaining() != Integer.BYTES + body + Integer.BYTES
                    || file.getInt() != MAGIC
                    || file.getInt(Integer.BYTES + body) != checksum(file.slice(Integer.BYTES, body))) {
                return Optional.empty();
            }
            float[] vector = new float[length];
            file.asFloatBuffer().get(vector);
            return Optional.of(vector);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The feature cache " + root + " cannot be read. Check its permissions.", e);
        }
    }

    /** Stores a vector. */
    void put(String origin, String sha256, float[] vector) {
        int body = Float.BYTES * vector.length;
        ByteBuffer file = ByteBuffer.allocate(Integer.BYTES + body + Integer.BYTES);
        file.putInt(MAGIC);
        file.asFloatBuffer().put(vector);
        file.putInt(Integer.BYTES + body, checksum(file.slice(Integer.BYTES, body)));
        try {
            AtomicFile.write(file(origin, sha256), file.array());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The feature cache " + root + " cannot be written. Check the disk and the permissions.", e);
        }
    }

    /**
     * Makes the folder if it is missing, and deletes what killed processes left unfinished. Whoever uses the cache from
     * several threads does this first, so that a folder that cannot be used stops it before any of them starts.
     */
    void open() {
        try {
            Files.createDirectories(root);
            AtomicFile.sweep(root);
        } catch (IOException e) {
            throw new UncheckedIOException("The feature cache " + root + " cannot be used. Check its permissions.", e);
        }
    }

    private static int checksum(ByteBuffer body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return (int) crc.getValue();
    }

    private Path file(String origin, String sha256) {
        return root.resolve(origin).resolve(sha256.substring(0, SHARD_DIGITS)).resolve(sha256.substring(SHARD_DIGITS));
    }
}
