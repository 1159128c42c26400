package dev.blastscope.datasetstore.web;

import dev.blastscope.datasetstore.DatasetReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A data set with what was left out of it. */
@Schema(name = "DescribedDataset", description = "A data set with the files that were left out of it")
record DatasetJson(
        @Schema(description = "The data set in numbers") Summary dataset,

        @Schema(description = "The files that were uploaded and not stored, each with the reason")
        List<RefusedFile> refused) {

    static DatasetJson of(DatasetReport report) {
        return new DatasetJson(
                Summary.of(report),
                report.refused().stream()
                        .map(problem -> new RefusedFile(problem.subject(), problem.reason()))
                        .toList());
    }

    /** A data set in numbers. */
    @Schema(name = "Dataset", description = "A data set in numbers")
    record Summary(
            @Schema(description = "Its name, unique among data sets", example = "taleqani")
            String name,

            @Schema(
                    description =
                            "Digest of its images, labels and groups; the card of a model that was trained on it has"
                                    + " the same",
                    example = "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")
            String digest,

            @Schema(description = "When it was stored", example = "2026-11-22T09:30:00Z")
            Instant created,

            @Schema(description = "Size of the stored images in bytes", example = "133693440")
            long bytes,

            @Schema(
                    description = "Number of images by class",
                    example = "{\"benign\": 428, \"early_pre_b\": 837, \"pre_b\": 819, \"pro_b\": 683}")
            Map<String, Integer> images,

            @Schema(
                    description =
                            "Number of groups of images that a split keeps together, by class; a training needs three"
                                    + " of each class",
                    example = "{\"benign\": 20, \"early_pre_b\": 41, \"pre_b\": 40, \"pro_b\": 31}")
            Map<String, Integer> groups,

            @Schema(description = "Number of pairs of images with the same content", example = "40")
            long exactDuplicatePairs,

            @Schema(description = "Number of pairs of images that look alike", example = "45")
            long nearDuplicatePairs,

            @Schema(description = "Number of files that were uploaded and not stored", example = "2")
            int refusedFiles) {

        static Summary of(DatasetReport report) {
            return new Summary(
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

    /** A file that was not stored. */
    @Schema(name = "RefusedFile", description = "A file that was uploaded and not stored")
    record RefusedFile(
            @Schema(description = "Its path in the data set, or a line of the manifest", example = "benign/notes.txt")
            String file,

            @Schema(
                    description = "The rule that it breaks",
                    example = "Unrecognised image format. Send one of: JPEG, PNG, BMP, TIFF, GIF.")
            String reason) {}
}
