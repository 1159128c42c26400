package dev.blastscope.home;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hidden folder in which files are written before one atomic move gives it, or one of them, its name.
 *
 * <p>A locked file beside it shows that its writer is alive: the operating system unlocks it when the process dies,
 * however it dies, so that a sweep knows at once what is abandoned, even beside other processes.
 */
public final class Staging implements Closeable {

    private static final String STAGING = ".staging-";
    private static final String LOCK = ".lock";
    private static final String DISCARDED = ".discarded-";
    private static final String ASIDE = ".aside-";

    private static final Logger log = LoggerFactory.getLogger(Staging.class);

    private final Path folder;
    private final Path lockFile;
    private final FileChannel lock;

    private Staging(Path folder, Path lockFile, FileChannel lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Creates an empty staging folder inside the given one, which is created too if need be. */
    public static Staging in(Path parent) throws IOException {
        Files.createDirectories(parent);
        while (true) {
            Path folder = parent.resolve(STAGING + UUID.randomUUID());
            Path lockFile = lockOf(folder);
            Staging staging = new Staging(
                    folder,
                    lockFile,
                    FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            if (staging.begin()) {
                return staging;
            }
        }
    }

    /** False if a sweep met the lock file before it was locked, and took it for abandoned. */
    private boolean begin() throws IOException {
        try {
            lock.lock();
            if (Files.exists(lockFile)) {
                Files.createDirectory(folder);
                return true;
            }
        } catch (OverlappingFileLockException beingSwept) {
            // A sweep of this process holds it.
        } catch (IOException e) {
            close();
            throw e;
        }
        lock.close();
        return false;
    }

    /** Removes what processes that died left behind. */
    public static void sweep(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return;
        }
        for (Path lockFile : list(parent, STAGING + "*" + LOCK)) {
            sweepIfAbandoned(lockFile);
        }
        for (Path folder : list(parent, DISCARDED + "*")) {
            deleteDiscarded(folder);
        }
    }

    private static void deleteDiscarded(Path folder) throws IOException {
        try {
            DurableFiles.delete(folder);
        } catch (AccessDeniedException anotherUsers) {
            log.warn("Deleted files of another user cannot be removed: {}", anotherUsers.getMessage());
        }
    }

    private static void sweepIfAbandoned(Path lockFile) throws IOException {
        String name = String.valueOf(lockFile.getFileName());
        Path folder = lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            if (held == null) {
                return;
            }
            DurableFiles.delete(folder);
            // While it is locked, so that a writer that waits for the lock finds it gone.
            Files.deleteIfExists(lockFile);
        } catch (OverlappingFileLockException | NoSuchFileException aliveOrFinished) {
            return;
        }
    }

    private static List<Path> list(Path parent, String glob) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, glob)) {
            entries.forEach(paths::add);
        }
        return paths;
    }

    /** Takes a folder out of sight at once, and then deletes it. */
    public static void discard(Path folder) throws IOException {
        Path discarded = folder.resolveSibling(DISCARDED + UUID.randomUUID());
        Files.move(folder, discarded, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.sync(discarded.resolveSibling(""));
        deleteDiscarded(discarded);
    }

    /** Gives a folder a name that no data set has, and returns that. */
    public static String setAside(Path folder) throws IOException {
        Path aside = folder.resolveSibling(folder.getFileName() + ASIDE + UUID.randomUUID());
        Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.sync(aside.resolveSibling(""));
        return String.valueOf(aside.getFileName());
    }

    public Path folder() {
        return folder;
    }

    /** Writes a file into the folder, and returns once its bytes are on the disk. */
    public void write(String name, byte[] bytes) throws IOException {
        DurableFiles.write(folder.resolve(name), bytes);
    }

    /**
     * Makes the folder visible under a name beside it, all at once, with every byte on the disk.
     *
     * @return false if that name is taken
     */
    public boolean publishAs(String name) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                DurableFiles.sync(path);
            }
        }
        Path target = folder.resolveSibling(name);
        try {
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (Files.exists(target)) {
                return false;
            }
            throw e;
        }
        DurableFiles.sync(target.resolveSibling(""));
        return true;
    }

    /** Moves one file to a place beside the folder, replacing the file of that name, all at once. */
    public void publishFile(String name) throws IOException {
        Path target = folder.resolveSibling(name);
        Files.move(folder.resolve(name), target, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.sync(target.resolveSibling(""));
    }

    @Override
    public void close() throws IOException {
        try {
            DurableFiles.delete(folder);
        } finally {
            Files.deleteIfExists(lockFile);
            lock.close();
        }
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }
}
