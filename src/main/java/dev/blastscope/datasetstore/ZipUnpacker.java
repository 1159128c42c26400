package dev.blastscope.datasetstore;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.ArchiveStreamFactory;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/**
 * Unpacks a zip from an untrusted source.
 *
 * <p>What its directory declares is checked first; then each entry must be what it declared, so that no limit is
 * exceeded while unpacking either.
 */
record ZipUnpacker(DatasetSettings settings, DiskSpace disk) {

    /** More than an entry with a long path takes of the directory. */
    private static final long DIRECTORY_BYTES_PER_ENTRY = 256;

    /** What finding the directory takes: its end is looked for through a comment of up to 64 KiB, byte by byte. */
    private static final long DIRECTORY_SEARCH = 1 << 20;

    /**
     * Unpacks under names of our own.
     *
     * @return the files by their names in the zip
     */
    Map<String, Path> unpack(Path zip, Path folder) throws IOException, ArchiveRefused, DatasetRefused {
        try (DirectoryChannel channel = new DirectoryChannel(
                        Files.newByteChannel(zip),
                        DIRECTORY_SEARCH + DIRECTORY_BYTES_PER_ENTRY * settings.maxEntries());
                ZipFile opened = open(channel)) {
            channel.directoryIsKnown();
            return unpack(opened, new ZipDirectory(settings, channel.size()).members(opened), folder);
        }
    }

    private ZipFile open(DirectoryChannel channel) throws ArchiveRefused {
        try {
            return ZipFile.builder()
                    .setSeekableByteChannel(channel)
                    .setIgnoreLocalFileHeader(true)
                    .get();
        } catch (IOException | RuntimeException e) {
            throw channel.isExhausted() ? settings.directoryTooLong() : ArchiveRefused.notAZip();
        }
    }

    private Map<String, Path> unpack(ZipFile zip, List<ZipDirectory.Member> members, Path folder)
            throws IOException, ArchiveRefused, DatasetRefused {
        Map<String, Path> files = new HashMap<>();
        ArchiveRefused.Collector refused = new ArchiveRefused.Collector();
        for (ZipDirectory.Member member : members) {
            Path file = folder.resolve(member.fileName());
            unpack(zip, member, file)
                    .ifPresent(reason ->
                            refused.add(member.number(), member.entry().getName(), reason));
            files.put(member.name(), file);
        }
        refused.throwIfAny();
        return files;
    }

    /** The rule that the entry's content breaks, if any. */
    private Optional<String> unpack(ZipFile zip, ZipDirectory.Member member, Path file)
            throws IOException, DatasetRefused {
        CRC32 checksum = new CRC32();
        try (InputStream content = content(zip, member)) {
            long size = disk.copy(
                    new CheckedInputStream(content, checksum),
                    file,
                    member.entry().getSize());
            if (size != member.entry().getSize()) {
                return Optional.of("has another size than it declares: pack the archive again");
            }
        } catch (DiskSpace.Unreadable e) {
            return Optional.of("cannot be unpacked, its compressed bytes are damaged: pack the archive again");
        }
        if (checksum.getValue() != member.entry().getCrc()) {
            return Optional.of("does not match its checksum: pack the archive again");
        }
        return isArchive(file)
                ? Optional.of("is an archive or a compressed file itself: pack what is in it")
                : Optional.empty();
    }

    private static InputStream content(ZipFile zip, ZipDirectory.Member member) throws DiskSpace.Unreadable {
        try {
            return zip.getInputStream(member.entry());
        } catch (IOException | RuntimeException e) {
            throw new DiskSpace.Unreadable(e);
        }
    }

    private static boolean isArchive(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return isArchive(in) || isCompressed(in);
        }
    }

    private static boolean isArchive(InputStream in) {
        try {
            return !ArchiveStreamFactory.detect(in).isEmpty();
        } catch (ArchiveException none) {
            return false;
        }
    }

    private static boolean isCompressed(InputStream in) {
        try {
            return !CompressorStreamFactory.detect(in).isEmpty();
        } catch (CompressorException none) {
            return false;
        }
    }

    /**
     * A zip of which only so many bytes may be read until its directory is known.
     *
     * <p>The directory is read whole, and a forged one of many millions of entries would fill the memory.
     */
    private static final class DirectoryChannel implements SeekableByteChannel {

        private final SeekableByteChannel zip;
        private long allowed;

        DirectoryChannel(SeekableByteChannel zip, long allowed) {
            this.zip = zip;
            this.allowed = allowed;
        }

        /** Lifts the limit. */
        void directoryIsKnown() {
            allowed = Long.MAX_VALUE;
        }

        /** Whether more was asked for than was allowed. */
        boolean isExhausted() {
            return allowed < 0;
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            int read = zip.read(buffer);
            allowed -= Math.max(0, read);
            if (allowed < 0) {
                throw new IOException("The directory of the zip is too long");
            }
            return read;
        }

        @Override
        public int write(ByteBuffer buffer) throws IOException {
            return zip.write(buffer);
        }

        @Override
        public long position() throws IOException {
            return zip.position();
        }

        @Override
        public SeekableByteChannel position(long position) throws IOException {
            zip.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return zip.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            zip.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return zip.isOpen();
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}
