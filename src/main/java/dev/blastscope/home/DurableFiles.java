package dev.blastscope.home;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writing that is still there after a power cut. */
public final class DurableFiles {

    private DurableFiles() {}

    /** Writes or replaces the file, and returns once its bytes are on the disk. */
    public static void write(Path file, byte[] bytes) throws IOException {
        // A channel would first copy an array of this size into direct memory, which is limited.
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(bytes);
            out.getFD().sync();
        }
    }

    /** Returns once a file's bytes, or the names in a folder, are on the disk. */
    public static void sync(Path path) throws IOException {
        boolean isFolder = Files.isDirectory(path);
        // Windows neither needs this for folders nor lets one be opened.
        if (!isFolder || path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel =
                    FileChannel.open(path, isFolder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    /** Deletes a file, or a folder with all that is in it; what another process deletes meanwhile is as good. */
    static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    delete(entry);
                }
            } catch (NoSuchFileException gone) {
                return;
            }
        }
        Files.deleteIfExists(path);
    }
}
