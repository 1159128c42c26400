package dev.blastscope.inference.web;

import dev.blastscope.batching.DeadlineExceeded;
import dev.blastscope.batching.QueueFull;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.inference.Answer;
import dev.blastscope.inference.ClientDisconnected;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.inference.Predictor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Predictions over HTTP. */
@Tag(name = "Predictions", description = "Is the smear benign or malignant, and of which subtype? Research use only.")
@RestController
@RequestMapping(path = "/api/v1/predictions", produces = MediaType.APPLICATION_JSON_VALUE)
class PredictionController {

    private final Predictor diagnoser;
    private final Uploads uploads;
    private final DeadlineHeader patience;

    PredictionController(Predictor diagnoser, Uploads uploads, DeadlineHeader patience) {
        this.diagnoser = diagnoser;
        this.uploads = uploads;
        this.patience = patience;
    }

    @Operation(
            summary = "Predict one smear",
            description =
                    "JPEG, PNG, BMP, TIFF or the first frame of a GIF; the whole field of view, as the camera gave it.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                        schema = @Schema(implementation = OneImage.class)),
                @Content(mediaType = "image/jpeg", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "image/png", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "image/bmp", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "image/tiff", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "image/gif", schema = @Schema(type = "string", format = "binary"))
            })
    @ApiResponse(responseCode = "200", description = "The prediction")
    @PredictionProblemsDocumented
    @PostMapping(consumes = {MediaType.MULTIPART_FORM_DATA_VALUE, "image/*"})
    PredictionJson predict(
            HttpServletRequest request,
            @Parameter(
                            description = DeadlineHeader.DESCRIPTION,
                            schema = @Schema(type = "integer", minimum = "1", maximum = "" + DeadlineHeader.MOST))
                    @RequestHeader(name = DeadlineHeader.HEADER, required = false)
                    @Nullable
                    String deadlineMs)
            throws IOException, ImageRejected, ModelNotReady, QueueFull, DeadlineExceeded, ClientDisconnected,
                    InterruptedException {
        return PredictionJson.of(diagnoser.diagnose(uploads.single(request), patience.caller(request, deadlineMs)));
    }

    @Operation(
            summary = "Predict several smears",
            description =
                    "One that cannot be used gets a problem of its own and does not keep the others from being answered.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                            schema = @Schema(implementation = SeveralImages.class)))
    @ApiResponse(responseCode = "200", description = "An answer for each image, in the order sent")
    @PredictionProblemsDocumented
    @PostMapping(path = "/batch", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    BatchJson predictBatch(
            @Parameter(hidden = true) MultipartHttpServletRequest request,
            @Parameter(
                            description = DeadlineHeader.DESCRIPTION,
                            schema = @Schema(type = "integer", minimum = "1", maximum = "" + DeadlineHeader.MOST))
                    @RequestHeader(name = DeadlineHeader.HEADER, required = false)
                    @Nullable
                    String deadlineMs)
            throws IOException, ModelNotReady, QueueFull, ClientDisconnected, InterruptedException {
        List<Answer> answers = diagnoser.diagnose(uploads.several(request), patience.caller(request, deadlineMs));
        return new BatchJson(answers.stream().map(PredictionController::json).toList());
    }

    private static Object json(Answer answer) {
        if (answer instanceof Answer.Diagnosed diagnosed) {
            return PredictionJson.of(diagnosed.prediction());
        }
        return PredictionProblems.of(((Answer.Refused) answer).refusal());
    }

    /** The form of a single upload. */
    record OneImage(
            @Schema(type = "string", format = "binary") String image) {}

    /** The form of a batch. */
    record SeveralImages(
            @ArraySchema(schema = @Schema(type = "string", format = "binary"))
            List<String> images) {}
}
