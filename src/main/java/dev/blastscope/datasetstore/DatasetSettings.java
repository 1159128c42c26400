package dev.blastscope.datasetstore;

import dev.blastscope.database.Sharing;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The limits of an uploaded data set, and whether replicas share data sets.
 *
 * @param maxUpload maximum size of the zip
 * @param maxEntries maximum number of entries in it; comparing 20,000 images with each other takes a minute
 * @param maxEntry maximum size of one unpacked file
 * @param maxUnpacked maximum size of all unpacked files
 * @param maxRatio maximum number of unpacked bytes of a file for each of its compressed bytes
 * @param minFree minimum free space that an upload leaves on the disk; while it is stored, the zip and its unpacked
 *     files are both there
 * @param sharing how data sets reach other replicas: database, none, or auto (database, unless that is the embedded H2,
 *     which only one service uses)
 */
@Validated
@ConfigurationProperties("blastscope.datasets")
public record DatasetSettings(
        @DefaultValue("4GB") DataSize maxUpload,
        @DefaultValue("20000") @Min(1) int maxEntries,
        @DefaultValue("16MB") DataSize maxEntry,
        @DefaultValue("8GB") DataSize maxUnpacked,
        @DefaultValue("100") @Min(1) int maxRatio,
        @DefaultValue("1GB") DataSize minFree,
        @DefaultValue("auto") Sharing sharing) {

    /** @throws IllegalArgumentException if a size is below 1 byte, or the free space below 0 */
    public DatasetSettings {
        if (maxUpload.toBytes() < 1 || maxEntry.toBytes() < 1 || maxUnpacked.toBytes() < 1) {
            throw new IllegalArgumentException("max-upload, max-entry and max-unpacked must be at least 1 byte");
        }
        if (minFree.isNegative()) {
            throw new IllegalArgumentException("min-free must not be negative");
        }
    }

    /** Checks the length of an archive, which may be known before it is read. */
    void checkUpload(long bytes) throws ArchiveRefused {
        if (bytes > maxUpload.toBytes()) {
            throw ArchiveRefused.tooLarge(
                    "The upload is larger than %,d bytes, the maximum. Send a smaller data set, or ask the operator to"
                            + " raise blastscope.datasets.max-upload.",
                    maxUpload.toBytes());
        }
    }

    void checkEntries(int entries) throws ArchiveRefused {
        if (entries > maxEntries) {
            throw ArchiveRefused.tooLarge(
                    "The archive has %,d entries; the maximum is %,d. Send a smaller data set, or ask the operator to"
                            + " raise blastscope.datasets.max-entries.",
                    entries, maxEntries);
        }
    }

    ArchiveRefused directoryTooLong() {
        return ArchiveRefused.tooLarge(
                "The archive's directory is too long for %,d entries, the maximum. Send a smaller data set, or ask the"
                        + " operator to raise blastscope.datasets.max-entries.",
                maxEntries);
    }

    void checkUnpacked(long bytes) throws ArchiveRefused {
        if (bytes > maxUnpacked.toBytes()) {
            throw ArchiveRefused.tooLarge(
                    "The archive would unpack to %,d bytes; the maximum is %,d. Send a smaller data set, or ask the"
                            + " operator to raise blastscope.datasets.max-unpacked.",
                    bytes, maxUnpacked.toBytes());
        }
    }
}
