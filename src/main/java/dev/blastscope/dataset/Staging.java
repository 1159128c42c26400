package dev.blastscope.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A hidden folder in which a data set is made before one atomic move gives it its name.
 *
 * <p>A locked file beside it says that its maker lives: the operating system unlocks it when the process dies, however it
 * dies, so that a sweep knows at once what is abandoned, even beside other processes.
 */
final class Staging implements Closeable {

    private static final String STAGING = ".staging-";
    private static final String LOCK = ".lock";
    private static final String DISCARDED = ".discarded-";
    private static final String ASIDE = ".aside-";

    private final Path folder;
    private final Path lockFile;
    private final FileChannel lock;

    private Staging(Path folder, Path lockFile, FileChannel lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Creates an empty staging folder inside the given one. */
    static Staging in(Path parent) throws IOException {
        Path folder = parent.resolve(STAGING + UUID.randomUUID());
        Path lockFile = lockOf(folder);
        FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Staging staging = new Staging(folder, lockFile, lock);
        try {
            lock.lock();
            Files.createDirectory(folder);
            return staging;
        } catch (IOException e) {
            staging.close();
            throw e;
        }
    }

    /** Removes what processes that died left behind. */
    static void sweep(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return;
        }
        for (Path lockFile : list(parent, STAGING + "*" + LOCK)) {
            sweepIfAbandoned(lockFile);
        }
        for (Path folder : list(parent, DISCARDED + "*")) {
            delete(folder);
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
            delete(folder);
        } catch (OverlappingFileLockException | NoSuchFileException aliveOrFinished) {
            return;
        }
        Files.deleteIfExists(lockFile);
    }

    private static List<Path> list(Path parent, String glob) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, glob)) {
            entries.forEach(paths::add);
        }
        return paths;
    }

    /** Takes a folder out of sight at once, and then deletes it. */
    static void discard(Path folder) throws IOException {
        Path discarded = folder.resolveSibling(DISCARDED + UUID.randomUUID());
        Files.move(folder, discarded, StandardCopyOption.ATOMIC_MOVE);
        sync(discarded.resolveSibling(""));
        delete(discarded);
    }

    /** Gives a folder a name that no data set has, and returns that. */
    static String setAside(Path folder) throws IOException {
        Path aside = folder.resolveSibling(folder.getFileName() + ASIDE + UUID.randomUUID());
        Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        sync(aside.resolveSibling(""));
        return String.valueOf(aside.getFileName());
    }

    Path folder() {
        return folder;
    }

    /**
     * Makes the folder visible under a name beside it, all at once, with every byte on the disk.
     *
     * @return false if that name is taken
     */
    boolean publishAs(String name) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                sync(path);
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
        sync(target.resolveSibling(""));
        return true;
    }

    @Override
    public void close() throws IOException {
        try {
            delete(folder);
        } finally {
            lock.close();
            Files.deleteIfExists(lockFile);
        }
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    /** Returns once a file's bytes, or the names in a folder, are on the disk. */
    private static void sync(Path path) throws IOException {
        boolean isFolder = Files.isDirectory(path);
        // Windows neither needs this for folders nor lets one be opened.
        if (!isFolder || path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel =
                    FileChannel.open(path, isFolder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
