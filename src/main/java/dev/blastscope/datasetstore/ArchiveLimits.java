package dev.blastscope.datasetstore;

/**
 * What an uploaded archive may cost.
 *
 * @param maxUploadBytes most bytes of the archive itself
 * @param maxEntries most entries in it
 * @param maxEntryBytes most bytes of one unpacked entry
 * @param maxUnpackedBytes most bytes of all unpacked entries
 * @param maxRatio most unpacked bytes of an entry for each of its compressed bytes
 * @param minFreeBytes what an upload must leave free on the disk
 */
public record ArchiveLimits(
        long maxUploadBytes,
        int maxEntries,
        long maxEntryBytes,
        long maxUnpackedBytes,
        int maxRatio,
        long minFreeBytes) {

    public ArchiveLimits {
        if (maxUploadBytes < 1 || maxEntries < 1 || maxEntryBytes < 1 || maxUnpackedBytes < 1 || maxRatio < 1) {
            throw new IllegalArgumentException("every limit of an archive must be at least 1");
        }
        if (minFreeBytes < 0) {
            throw new IllegalArgumentException("the space to leave free must not be negative");
        }
    }

    /**
     * Checks the length of an archive, which may be known before it is read.
     *
     * @throws ArchiveRefused if it is too long
     */
    void checkUpload(long bytes) throws ArchiveRefused {
        if (bytes > maxUploadBytes) {
            throw ArchiveRefused.tooLarge(
                    "The upload has more than the %,d bytes that are accepted. Send a smaller data"
                            + " set, or let the operator raise blastscope.datasets.max-upload.",
                    maxUploadBytes);
        }
    }

    void checkEntries(int entries) throws ArchiveRefused {
        if (entries > maxEntries) {
            throw ArchiveRefused.tooLarge(
                    "The archive has %,d entries; at most %,d are accepted. Send a smaller data set,"
                            + " or let the operator raise blastscope.datasets.max-entries.",
                    entries, maxEntries);
        }
    }

    ArchiveRefused directoryTooLong() {
        return ArchiveRefused.tooLarge(
                "The archive's directory is too long for the %,d entries that are accepted. Send a"
                        + " smaller data set, or let the operator raise blastscope.datasets.max-entries.",
                maxEntries);
    }

    void checkUnpacked(long bytes) throws ArchiveRefused {
        if (bytes > maxUnpackedBytes) {
            throw ArchiveRefused.tooLarge(
                    "The archive would unpack to %,d bytes; at most %,d are accepted. Send a smaller"
                            + " data set, or let the operator raise blastscope.datasets.max-unpacked.",
                    bytes, maxUnpackedBytes);
        }
    }
}
