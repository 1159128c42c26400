package dev.blastscope.inference.web;

import dev.blastscope.batching.DeadlineExceeded;
import dev.blastscope.batching.QueueFull;
import dev.blastscope.inference.CasePredictor;
import dev.blastscope.inference.Client;
import dev.blastscope.inference.ModelChanged;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.inference.web.PredictionController.SeveralImages;
import dev.blastscope.web.ProblemKinds;
import dev.blastscope.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Cases over HTTP: several fields of one slide. */
@Tag(name = "Predictions")
@RestController
class CaseController {

    private final CasePredictor predictor;
    private final Uploads uploads;
    private final DeadlineHeader deadlines;
    private final ProblemKinds problems;

    CaseController(CasePredictor predictor, Uploads uploads, DeadlineHeader deadlines, ProblemKinds problems) {
        this.predictor = predictor;
        this.uploads = uploads;
        this.deadlines = deadlines;
        this.problems = problems;
    }

    @Operation(
            operationId = "predictCase",
            summary = "Predicts a case from several fields of one slide",
            description =
                    "Averages the log-odds of the fields, which must be of one slide and chosen at random. A field that is"
                            + " out of focus, unfamiliar or the like is left out, one that is refused as well, and a file"
                            + " that is sent twice counts once. Fields of one slide share its stain and the model's errors:"
                            + " many of them make the answer steadier, but not independent evidence of it.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                            schema = @Schema(implementation = SeveralImages.class)))
    @ApiResponse(responseCode = "200", description = "The prediction for the slide, and what became of each field")
    @Problems({
        "missing-part",
        "unknown-part",
        "too-many-images",
        "invalid-deadline",
        "too-many-uploads",
        "queue-full",
        "model-not-ready",
        "model-changed",
        "deadline-exceeded"
    })
    @PostMapping(
            path = "/api/v1/cases",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    CaseJson predictCase(
            @Parameter(hidden = true) MultipartHttpServletRequest request,
            @Parameter(
                            description = DeadlineHeader.DESCRIPTION + " It is for all fields together.",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "" + DeadlineHeader.MAX))
                    @RequestHeader(name = DeadlineHeader.NAME, required = false)
                    @Nullable
                    String deadlineMs)
            throws IOException, ModelNotReady, ModelChanged, QueueFull, DeadlineExceeded, Client.Disconnected,
                    InterruptedException {
        return CaseJson.of(
                predictor.predict(uploads.fields(request), deadlines.client(request, deadlineMs)), problems::problem);
    }
}
