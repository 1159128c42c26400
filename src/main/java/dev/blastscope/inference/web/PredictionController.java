package dev.blastscope.inference.web;

import dev.blastscope.batching.DeadlineExceeded;
import dev.blastscope.batching.QueueFull;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.inference.Client;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.inference.Predictor;
import dev.blastscope.web.ProblemKinds;
import dev.blastscope.web.Problems;
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
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Predictions over HTTP. */
@Tag(name = "Predictions", description = "Whether a smear is benign or malignant, and its subtype. Research use only.")
@RestController
@RequestMapping(path = "/api/v1/predictions", produces = MediaType.APPLICATION_JSON_VALUE)
class PredictionController {

    private final Predictor predictor;
    private final Uploads uploads;
    private final DeadlineHeader deadlines;
    private final ProblemKinds problems;

    PredictionController(Predictor predictor, Uploads uploads, DeadlineHeader deadlines, ProblemKinds problems) {
        this.predictor = predictor;
        this.uploads = uploads;
        this.deadlines = deadlines;
        this.problems = problems;
    }

    @Operation(
            operationId = "predict",
            summary = "Predicts one image",
            description =
                    "JPEG, PNG, BMP, TIFF (the first page) or GIF (the first frame), recognised by its first bytes."
                            + " Send the whole field of view, as the camera took it.")
    @ImageBody
    @ApiResponse(responseCode = "200", description = "The prediction")
    @UploadProblems
    @Problems({"invalid-deadline", "queue-full", "model-not-ready", "deadline-exceeded"})
    @PostMapping(consumes = {MediaType.MULTIPART_FORM_DATA_VALUE, "image/*"})
    PredictionJson predict(
            HttpServletRequest request,
            @Parameter(
                            description = DeadlineHeader.DESCRIPTION,
                            schema = @Schema(type = "integer", minimum = "1", maximum = "" + DeadlineHeader.MAX))
                    @RequestHeader(name = DeadlineHeader.NAME, required = false)
                    @Nullable
                    String deadlineMs,
            @Parameter(description = "Whether to explain the prediction: adds explanation to it")
                    @RequestParam(defaultValue = "false")
                    boolean explain)
            throws IOException, ImageRejected, ModelNotReady, QueueFull, DeadlineExceeded, Client.Disconnected,
                    InterruptedException {
        byte[] upload = uploads.single(request);
        Client client = deadlines.client(request, deadlineMs);
        return PredictionJson.of(explain ? predictor.explain(upload, client) : predictor.predict(upload, client));
    }

    @Operation(
            operationId = "predictBatch",
            summary = "Predicts several images",
            description = "Each image is predicted or refused on its own: one that cannot be used has a problem as its"
                    + " result, and does not affect the others. Formats as for a single image.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                            schema = @Schema(implementation = SeveralImages.class)))
    @ApiResponse(responseCode = "200", description = "A result for each image, in the order sent")
    @Problems({
        "missing-part",
        "unknown-part",
        "too-many-images",
        "invalid-deadline",
        "too-many-uploads",
        "queue-full",
        "model-not-ready"
    })
    @PostMapping(path = "/batch", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    BatchJson predictBatch(
            @Parameter(hidden = true) MultipartHttpServletRequest request,
            @Parameter(
                            description = DeadlineHeader.DESCRIPTION + " In a batch, each image that is late has the"
                                    + " problem as its result instead.",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "" + DeadlineHeader.MAX))
                    @RequestHeader(name = DeadlineHeader.NAME, required = false)
                    @Nullable
                    String deadlineMs)
            throws IOException, ModelNotReady, QueueFull, Client.Disconnected, InterruptedException {
        List<Predictor.Result> results =
                predictor.predict(uploads.batch(request), deadlines.client(request, deadlineMs));
        return new BatchJson(results.stream().map(this::json).toList());
    }

    private Object json(Predictor.Result result) {
        return result instanceof Predictor.Result.Predicted predicted
                ? PredictionJson.of(predicted.prediction())
                : problems.problem(((Predictor.Result.Refused) result).refusal());
    }

    /** The results of a batch. */
    @Schema(name = "Predictions", description = "The results of a batch")
    record BatchJson(
            @ArraySchema(
                    arraySchema =
                            @Schema(description = "In the order of the images: a prediction or a problem for each"),
                    schema = @Schema(anyOf = {PredictionJson.class, ProblemDetail.class}))
            List<Object> results) {}

    /** The form of a single upload. */
    @Schema(name = "OneImage", description = "A form with one image")
    record OneImage(
            @Schema(description = "The image file", type = "string", format = "binary")
            String image) {}

    /** The form of a batch. */
    @Schema(name = "SeveralImages", description = "A form with several images")
    record SeveralImages(
            @ArraySchema(
                    arraySchema = @Schema(description = "The image files"),
                    schema = @Schema(type = "string", format = "binary"))
            List<String> images) {}
}
