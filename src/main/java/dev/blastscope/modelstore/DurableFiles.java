package dev.blastscope.modelstore;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writing that is still there after a power cut. */
final class DurableFiles {

    private DurableFiles() {}

    /** Writes or replaces the file, and returns once its bytes are on the disk. */
    static void write(Path file, byte[] bytes) throws IOException {
        // A channel would first copy an array of this size into direct memory, which is limited.
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(bytes);
            out.getFD().sync();
        }
    }

    /** Returns once the names in the folder are on the disk. */
    static void syncFolder(Path folder) throws IOException {
        // Windows neither needs this nor lets a folder be opened.
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Deletes a file, or a folder of files; what another process deletes meanwhile is as good. */
    static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            } catch (NoSuchFileException gone) {
                return;
            }
        }
        Files.deleteIfExists(path);
    }
}
