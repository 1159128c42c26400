package dev.blastscope.datasetstore.web;

import dev.blastscope.datasetstore.DatasetReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;

/** A data set in numbers. */
@Schema(name = "Dataset")
record DatasetSummaryJson(
        @Schema(example = "taleqani") String name,

        @Schema(description = "Names images, labels and groups; the card of a model trained on them repeats it")
        String digest,

        Instant created,
        @Schema(description = "Of the stored images") long bytes,

        @Schema(
                description = "Images by class",
                example = "{\"benign\": 428, \"early_pre_b\": 837, \"pre_b\": 819, \"pro_b\": 683}")
        Map<String, Integer> images,

        @Schema(
                description = "Groups of images that a split keeps together, by class; a training needs three of each",
                example = "{\"benign\": 20, \"early_pre_b\": 41, \"pre_b\": 40, \"pro_b\": 31}")
        Map<String, Integer> groups,

        @Schema(description = "Pairs of images of the same content")
        long exactDuplicatePairs,

        @Schema(description = "Pairs of images that look alike")
        long nearDuplicatePairs,

        @Schema(description = "How many files were sent and not stored")
        int refusedFiles) {

    static DatasetSummaryJson of(DatasetReport report) {
        return new DatasetSummaryJson(
                report.name(),
                report.digest(),
                report.created(),
                report.bytes(),
                report.images(),
                report.groups(),
                report.exactDuplicatePairs(),
                report.nearDuplicatePairs(),
                report.refused().size());
    }
}
