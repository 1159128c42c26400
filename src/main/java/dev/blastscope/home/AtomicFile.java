package dev.blastscope.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;

/**
 * Files that appear whole or not at all, and that can be computed again: nothing waits for the disk, so that a crash of
 * the machine may lose them or tear them.
 *
 * <p>While a file is written it has another name and is locked: the operating system unlocks it when its process dies,
 * so that a sweep recognises abandoned ones without a clock.
 */
public final class AtomicFile {

    private static final String UNFINISHED = ".part";

    private AtomicFile() {}

    /** Writes or replaces a file; its folder is made if need be. */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        Files.createDirectories(folder);
        boolean written = false;
        while (!written) {
            written = write(folder.resolve(UUID.randomUUID() + UNFINISHED), file, bytes);
        }
    }

    /** False if a sweep met the part before it was locked, and took it for abandoned. */
    private static boolean write(Path part, Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.lock();
            ByteBuffer content = ByteBuffer.wrap(bytes);
            while (content.hasRemaining()) {
                channel.write(content);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (OverlappingFileLockException | NoSuchFileException swept) {
            return false;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Deletes the unfinished files of processes that died, anywhere in a folder, which need not exist. */
    public static void sweep(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.toString().endsWith(UNFINISHED)) {
                    deleteIfAbandoned(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    private static void deleteIfAbandoned(Path part) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            if (held != null) {
                Files.deleteIfExists(part);
            }
        } catch (OverlappingFileLockException | NoSuchFileException aliveOrFinished) {
            return;
        }
    }
}
