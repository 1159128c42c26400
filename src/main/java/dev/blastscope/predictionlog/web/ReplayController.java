package dev.blastscope.predictionlog.web;

import dev.blastscope.image.ImageRejected;
import dev.blastscope.inference.web.UploadProblems;
import dev.blastscope.inference.web.Uploads;
import dev.blastscope.predictionlog.Replay;
import dev.blastscope.predictionlog.ReplayRefused;
import dev.blastscope.predictionlog.Replays;
import dev.blastscope.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Replays over HTTP. */
@Tag(name = "Administration: audit")
@RestController
@RequestMapping(path = "/api/v1/admin/audit", produces = MediaType.APPLICATION_JSON_VALUE)
class ReplayController {

    private final Replays replays;
    private final Uploads uploads;

    ReplayController(Replays replays, Uploads uploads) {
        this.replays = replays;
        this.uploads = uploads;
    }

    @Operation(
            operationId = "replayPrediction",
            summary = "Replays a recorded prediction",
            description = "Runs the recorded version of the model on the original image file again, and compares the"
                    + " probabilities.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                            schema = @Schema(implementation = RecordedImage.class)))
    @ApiResponse(responseCode = "200", description = "Whether the prediction is the same")
    @UploadProblems
    @Problems({
        "no-such-record",
        "not-a-prediction",
        "record-changed",
        "model-unavailable",
        "record-erased",
        "image-mismatch"
    })
    @PostMapping(
            path = "/{sequence}/replay",
            consumes = {MediaType.MULTIPART_FORM_DATA_VALUE, "image/*"})
    Replay replay(
            @Parameter(description = "Number of the record", example = "17") @PathVariable long sequence,
            HttpServletRequest request)
            throws IOException, ReplayRefused, ImageRejected {
        return replays.replay(sequence, uploads.single(request));
    }

    @Schema(name = "RecordedImage", description = "A form with the image of a record")
    record RecordedImage(
            @Schema(description = "The original image file, byte for byte", type = "string", format = "binary")
            String image) {}
}
