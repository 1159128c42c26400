package dev.blastscope.datasetstore;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What an uploaded data set may cost.
 *
 * @param maxUpload most bytes of the zip
 * @param maxEntries most entries in it; comparing 20,000 images with each other takes a minute
 * @param maxEntry most bytes of one unpacked file
 * @param maxUnpacked most bytes of all unpacked files
 * @param maxRatio most unpacked bytes of a file for each of its compressed bytes
 * @param minFree what an upload leaves free on the disk; while it is taken in, zip and unpacked files are both there
 */
@Validated
@ConfigurationProperties("blastscope.datasets")
public record DatasetSettings(
        @DefaultValue("4GB") DataSize maxUpload,
        @DefaultValue("20000") @Min(1) int maxEntries,
        @DefaultValue("16MB") DataSize maxEntry,
        @DefaultValue("8GB") DataSize maxUnpacked,
        @DefaultValue("100") @Min(1) int maxRatio,
        @DefaultValue("1GB") DataSize minFree) {

    ArchiveLimits limits() {
        return new ArchiveLimits(
                maxUpload.toBytes(),
                maxEntries,
                maxEntry.toBytes(),
                maxUnpacked.toBytes(),
                maxRatio,
                minFree.toBytes());
    }
}
