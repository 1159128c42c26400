package dev.blastscope.datasetstore;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
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
 * Unpacks a zip that nobody vouches for.
 *
 * <p>What its directory announces is checked first; then no entry may be anything but what it announced, so that no limit
 * can be passed while unpacking either.
 */
record ZipUnpacker(ArchiveLimits limits, DiskSpace disk) {

    /** More than an entry with a long path takes of the directory. */
    private static final long DIRECTORY_BYTES_PER_ENTRY = 256;

    /** What finding the directory takes: its end is looked for through a comment of up to 64 KiB, byte by byte. */
    private static final long DIRECTORY_SEARCH = 1 << 20;

    /**
     * Unpacks under names of our own.
     *
     * @return the files by their names in the zip
     */
    Map<String, Path> unpack(Path zip, Path folder) throws IOException, ArchiveRefused, NoRoom {
        try (DirectoryChannel channel = new DirectoryChannel(
                        Files.newByteChannel(zip), DIRECTORY_SEARCH + DIRECTORY_BYTES_PER_ENTRY * limits.maxEntries());
                ZipFile opened = open(channel)) {
            channel.directoryIsKnown();
            return unpack(opened, new ZipDirectory(limits).members(opened, channel.size()), folder);
        }
    }

    private ZipFile open(DirectoryChannel channel) throws ArchiveRefused {
        try {
            return ZipFile.builder()
                    .setSeekableByteChannel(channel)
                    .setIgnoreLocalFileHeader(true)
                    .get();
        } catch (IOException | RuntimeException e) {
            throw channel.isExhausted() ? limits.directoryTooLong() : ArchiveRefused.notAZip();
        }
    }

    private Map<String, Path> unpack(ZipFile zip, List<ZipMember> members, Path folder)
            throws IOException, ArchiveRefused, NoRoom {
        Map<String, Path> files = new HashMap<>();
        Refusals refusals = new Refusals();
        for (ZipMember member : members) {
            Path file = folder.resolve(member.fileName());
            unpack(zip, member, file)
                    .ifPresent(reason ->
                            refusals.add(member.number(), member.entry().getName(), reason));
            files.put(member.name(), file);
        }
        refusals.throwIfAny();
        return files;
    }

    /** The rule that the entry's content breaks, if any. */
    private Optional<String> unpack(ZipFile zip, ZipMember member, Path file) throws IOException, NoRoom {
        CRC32 checksum = new CRC32();
        try (InputStream content = content(zip, member)) {
            long size = disk.copy(
                    new CheckedInputStream(content, checksum),
                    file,
                    member.entry().getSize());
            if (size != member.entry().getSize()) {
                return Optional.of("has another size than it announces: pack the archive again");
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

    private static InputStream content(ZipFile zip, ZipMember member) throws DiskSpace.Unreadable {
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
}
