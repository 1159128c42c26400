package dev.blastscope.trainingjobs.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Some trainings, newest first. */
@Schema(name = "TrainingPage")
record TrainingPageJson(
        List<TrainingSummaryJson> trainings,
        int page,
        int size,
        @Schema(description = "Of all pages") long total) {}
