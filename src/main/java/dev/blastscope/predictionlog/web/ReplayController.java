package dev.blastscope.predictionlog.web;

import dev.blastscope.image.ImageRejected;
import dev.blastscope.inference.web.Uploads;
import dev.blastscope.predictionlog.Replay;
import dev.blastscope.predictionlog.Replays;
import io.swagger.v3.oas.annotations.Operation;
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

/** Recorded decisions, made again over HTTP. */
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
            summary = "Make a recorded prediction again",
            description = "Runs the version of the model that is on record on the image, which must be the very file.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                            schema = @Schema(implementation = RecordedImage.class)))
    @ApiResponse(responseCode = "200", description = "Whether it is the same decision")
    @PostMapping(
            path = "/{sequence}/replay",
            consumes = {MediaType.MULTIPART_FORM_DATA_VALUE, "image/*"})
    Replay replay(@PathVariable long sequence, HttpServletRequest request) throws IOException, ImageRejected {
        return replays.replay(sequence, uploads.single(request));
    }

    /** The form of the image. */
    record RecordedImage(
            @Schema(type = "string", format = "binary") String image) {}
}
