package dev.blastscope.modelstore;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hidden folder in which files are written before one atomic move gives them their real name. */
final class Staging implements Closeable {

    /** Writing takes seconds; an hour also bears the clocks of two machines on one volume being minutes apart. */
    static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private static final String STAGING = ".staging-";
    private static final String DISCARDED = ".discarded-";

    private static final Logger LOG = LoggerFactory.getLogger(Staging.class);

    private final Path parent;
    private final Path folder;

    private Staging(Path parent, Path folder) {
        this.parent = parent;
        this.folder = folder;
    }

    /** Creates an empty staging folder inside the given one, which is created too if need be. */
    static Staging in(Path parent) throws IOException {
        Files.createDirectories(parent);
        return new Staging(parent, Files.createDirectory(parent.resolve(STAGING + UUID.randomUUID())));
    }

    /** Removes what processes that died in the middle of writing left behind. */
    static void sweep(Path parent, Instant now) throws IOException {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (DirectoryStream<Path> abandoned = Files.newDirectoryStream(parent, STAGING + "*")) {
            for (Path folder : abandoned) {
                discard(folder, now.minus(ABANDONED_AFTER));
            }
        }
        try (DirectoryStream<Path> discarded = Files.newDirectoryStream(parent, DISCARDED + "*")) {
            for (Path folder : discarded) {
                DurableFiles.delete(folder);
            }
        } catch (AccessDeniedException anotherUsers) {
            LOG.warn("Leftovers of a publication cannot be removed: {}", anotherUsers.getMessage());
        }
    }

    /** Moves the folder away before its files go, so that a writer that lives after all cannot publish half of them. */
    private static void discard(Path folder, Instant limit) throws IOException {
        try {
            if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
                discard(folder);
            }
        } catch (NoSuchFileException finished) {
            // Its writer, or another process's sweep, was faster.
        }
    }

    /** Takes a folder out of sight all at once; the next sweep removes it. */
    static void discard(Path folder) throws IOException {
        Files.move(folder, folder.resolveSibling(DISCARDED + UUID.randomUUID()), StandardCopyOption.ATOMIC_MOVE);
    }

    void write(String name, byte[] bytes) throws IOException {
        DurableFiles.write(folder.resolve(name), bytes);
    }

    /**
     * Makes the folder visible in its parent under the given name, all at once.
     *
     * @return false if that name is taken
     */
    boolean publishAs(String name) throws IOException {
        DurableFiles.syncFolder(folder);
        try {
            Files.move(folder, parent.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (Files.exists(parent.resolve(name))) {
                return false;
            }
            throw e;
        }
        DurableFiles.syncFolder(parent);
        return true;
    }

    /** Moves one file into the parent, replacing the file of that name, all at once. */
    void publishFile(String name) throws IOException {
        Files.move(folder.resolve(name), parent.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.syncFolder(parent);
    }

    @Override
    public void close() throws IOException {
        DurableFiles.delete(folder);
    }
}
