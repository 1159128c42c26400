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

/** The files of a data set as one stream: a tar, which needs neither checksums nor a directory. */
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
     * @throws DatasetRefused if it is not what {@link #write} writes
     */
    static void read(String name, InputStream in, Path folder, DiskSpace disk) throws IOException, DatasetRefused {
        Files.createDirectory(folder.resolve(StagedDataset.IMAGES));
        TarArchiveInputStream tar = new TarArchiveInputStream(in);
        for (TarArchiveEntry entry = next(name, tar); entry != null; entry = next(name, tar)) {
            if (!entry.isFile() || !NAME.matcher(entry.getName()).matches()) {
                throw DatasetRefused.damaged(name, "it contains something that no data set has");
            }
            try {
                disk.copy(tar, folder.resolve(entry.getName()), entry.getSize());
            } catch (DiskSpace.Unreadable e) {
                if (e.getCause() instanceof RuntimeException unexpected) {
                    throw unexpected;
                }
                throw refusal(name, e.getCause());
            }
        }
    }

    private static @Nullable TarArchiveEntry next(String name, TarArchiveInputStream tar)
            throws IOException, DatasetRefused {
        try {
            return tar.getNextEntry();
        } catch (IOException | IllegalArgumentException e) {
            throw refusal(name, e);
        }
    }

    /** What the stream itself says is passed on; what only the tar's reader says means that the data set is damaged. */
    private static DatasetRefused refusal(String name, @Nullable Throwable e) throws InterruptedIOException {
        if (e instanceof InterruptedIOException interrupted) {
            throw interrupted;
        }
        return DatasetRefused.damaged(
                name, e instanceof Damage damage ? damage.because : "its files cannot be told apart");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The bytes that a stream should go on with are lost. */
    static final class Damage extends IOException {

        private static final long serialVersionUID = 1L;

        private final String because;

        /** @param because what is wrong, in a clause */
        Damage(String because) {
            super(because);
            this.because = because;
        }
    }
}
