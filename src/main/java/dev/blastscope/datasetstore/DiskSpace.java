package dev.blastscope.datasetstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The disk under a folder, of which some is left free for everything else.
 *
 * @param minFree bytes that stay free
 */
record DiskSpace(Path folder, long minFree) {

    private static final int BUFFER = 1 << 16;
    private static final int BETWEEN_CHECKS = 1 << 20;

    /** Thrown when what is copied, rather than the disk, cannot be read. */
    static final class Unreadable extends Exception {
        Unreadable(Throwable cause) {
            super(cause);
        }
    }

    /** @throws DatasetRefused if so many bytes would leave too little free */
    void requireRoom(long bytes) throws IOException, DatasetRefused {
        if (Files.getFileStore(folder).getUsableSpace() - minFree < Math.max(bytes, BETWEEN_CHECKS)) {
            throw DatasetRefused.diskFull();
        }
    }

    /** @throws DatasetRefused if the disk is full */
    void requireRoom() throws IOException, DatasetRefused {
        requireRoom(0);
    }

    /**
     * Copies into a new file, at most one byte more than allowed.
     *
     * @return how many bytes there were, or one more than allowed
     */
    long copy(InputStream in, Path file, long most) throws IOException, DatasetRefused, Unreadable {
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        long checked = -BETWEEN_CHECKS;
        try (OutputStream out = Files.newOutputStream(file)) {
            while (copied <= most) {
                int read = read(in, buffer, (int) Math.min(BUFFER, most + 1 - copied));
                if (read < 0) {
                    break;
                }
                if (copied - checked >= BETWEEN_CHECKS) {
                    requireRoom();
                    checked = copied;
                }
                out.write(buffer, 0, read);
                copied += read;
            }
        }
        return copied;
    }

    private static int read(InputStream in, byte[] buffer, int most) throws Unreadable {
        try {
            return in.read(buffer, 0, most);
        } catch (IOException | RuntimeException e) {
            // Inflaters meet hostile bytes with whatever exception their arithmetic leads to.
            throw new Unreadable(e);
        }
    }
}
