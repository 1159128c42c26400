package dev.blastscope.datasetstore.web;

import dev.blastscope.datasetstore.DatasetReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A data set with what was left out of it. */
@Schema(name = "DescribedDataset")
record DatasetJson(
        DatasetSummaryJson dataset,

        @Schema(description = "What was sent and not stored")
        List<RefusedFile> refused) {

    static DatasetJson of(DatasetReport report) {
        return new DatasetJson(
                DatasetSummaryJson.of(report),
                report.refused().stream()
                        .map(problem -> new RefusedFile(problem.subject(), problem.reason()))
                        .toList());
    }

    /** A file that was not stored, and why. */
    @Schema(name = "RefusedFile")
    record RefusedFile(
            @Schema(example = "benign/notes.txt") String file,

            @Schema(example = "Unrecognised image format. Send one of: JPEG, PNG, BMP, TIFF, GIF.")
            String reason) {}
}
