package dev.blastscope.datasetstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** The files of a data set as one stream: a tar, which needs neither checksums nor a directory and which every system knows. */
final class PackedDataset {

    /** What a store writes, and nothing that could lead out of a folder. */
    private static final Pattern NAME = Pattern.compile("[a-z]+\\.[a-z]+|images/[0-9]{6}(\\.[a-z0-9]{1,5})?");

    private PackedDataset() {}

    static void write(Path folder, OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
        for (Path file : files(folder)) {
            TarArchiveEntry entry =
                    new TarArchiveEntry(folder.relativize(file).toString().replace('\\', '/'));
            entry.setSize(Files.size(file));
            tar.putArchiveEntry(entry);
            Files.copy(file, tar);
            tar.closeArchiveEntry();
        }
        tar.finish();
    }

    /**
     * Unpacks into an empty folder.
     *
     * @param name of the data set, for messages
     * @throws DamagedDataset if it is not what {@link #write} writes
     */
    static void read(String name, InputStream in, Path folder, DiskSpace disk) throws IOException, NoRoom {
        Files.createDirectory(folder.resolve(StagedDataset.IMAGES));
        TarArchiveInputStream tar = new TarArchiveInputStream(in);
        for (TarArchiveEntry entry = next(name, tar); entry != null; entry = next(name, tar)) {
            if (!entry.isFile() || !NAME.matcher(entry.getName()).matches()) {
                throw new DamagedDataset(name, "there is something in it that no data set has");
            }
            try {
                disk.copy(tar, folder.resolve(entry.getName()), entry.getSize());
            } catch (DiskSpace.Unreadable e) {
                if (e.getCause() instanceof RuntimeException unexpected) {
                    throw unexpected;
                }
                throw told(name, e.getCause());
            }
        }
    }

    private static @Nullable TarArchiveEntry next(String name, TarArchiveInputStream tar) throws IOException {
        try {
            return tar.getNextEntry();
        } catch (IOException | IllegalArgumentException e) {
            throw told(name, e);
        }
    }

    /** What the stream says of itself is passed on; what only the tar's reader says means that it is damaged. */
    private static IOException told(String name, @Nullable Throwable e) {
        if (e instanceof DamagedDataset damaged) {
            return damaged;
        }
        return e instanceof InterruptedIOException interrupted
                ? interrupted
                : new DamagedDataset(name, "its files cannot be told apart");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
