package dev.blastscope.inference.web;

import dev.blastscope.batching.DeadlineExceeded;
import dev.blastscope.batching.QueueFull;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.inference.Client;
import dev.blastscope.inference.ImagePrediction;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.inference.Predictor;
import dev.blastscope.inference.overlay.Overlay;
import dev.blastscope.inference.web.ExplanationJson.EvidenceJson;
import dev.blastscope.inference.web.PredictionJson.ImageJson;
import dev.blastscope.inference.web.PredictionJson.ModelJson;
import dev.blastscope.prediction.Evidence;
import dev.blastscope.prediction.Explanation;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.review.Outcome;
import dev.blastscope.web.Notice;
import dev.blastscope.web.Problems;
import dev.blastscope.web.RequestRefused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Explanations over HTTP: predictions, of which the answer is what speaks for them. */
@Tag(name = "Predictions")
@RestController
class ExplanationController {

    /** A larger picture shows nothing more of 7 x 7 cells, and would take megabytes for it. */
    static final int LONGEST_SIDE = 2048;

    private final Predictor predictor;
    private final Uploads uploads;
    private final DeadlineHeader deadlines;

    ExplanationController(Predictor predictor, Uploads uploads, DeadlineHeader deadlines) {
        this.predictor = predictor;
        this.uploads = uploads;
        this.deadlines = deadlines;
    }

    @Operation(
            operationId = "explain",
            summary = "Explains the prediction for one image: as a picture, or as JSON for Accept: application/json",
            description =
                    "Predicts the image as /api/v1/predictions does, with the same limits and in the audit trail as"
                            + " well, and answers what each cell of a grid of 7 x 7 adds to the score of a head. The picture has the"
                            + " image in its upper left corner, upright, in grey and at its own size (a side longer than 2048"
                            + " pixels is shrunk to that), with the evidence in blue and orange, and a legend below it.")
    @ImageBody
    @ApiResponse(
            responseCode = "200",
            description = "The explanation",
            content = {
                @Content(mediaType = MediaType.IMAGE_PNG_VALUE, schema = @Schema(type = "string", format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = ExplainedJson.class))
            })
    @UploadProblems
    @Problems({"invalid-deadline", "unknown-head", "no-subtype", "queue-full", "model-not-ready", "deadline-exceeded"})
    @PostMapping(
            path = "/api/v1/explanations",
            consumes = {MediaType.MULTIPART_FORM_DATA_VALUE, "image/*"},
            produces = {MediaType.IMAGE_PNG_VALUE, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<Object> explain(
            HttpServletRequest request,
            @Parameter(
                            description = DeadlineHeader.DESCRIPTION,
                            schema = @Schema(type = "integer", minimum = "1", maximum = "" + DeadlineHeader.MAX))
                    @RequestHeader(name = DeadlineHeader.NAME, required = false)
                    @Nullable
                    String deadlineMs,
            @Parameter(
                            description =
                                    "malignancy, or subtype: the most probable one, where the outcome is MALIGNANT",
                            required = true,
                            schema = @Schema(allowableValues = {"malignancy", "subtype"}))
                    @RequestParam(required = false)
                    @Nullable
                    String head)
            throws IOException, ImageRejected, ModelNotReady, QueueFull, DeadlineExceeded, Client.Disconnected,
                    InterruptedException {
        Head explained = Head.of(head);
        byte[] upload = uploads.single(request);
        Client client = deadlines.client(request, deadlineMs);
        return wantsJson(new ServletServerHttpRequest(request).getHeaders().getAccept())
                ? ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(ExplainedJson.of(predictor.explain(upload, client), explained))
                : ResponseEntity.ok()
                        .contentType(MediaType.IMAGE_PNG)
                        .body(predictor.explain(
                                upload, client, LONGEST_SIDE, (result, smear) -> overlay(result, smear, explained)));
    }

    private static byte[] overlay(ImagePrediction result, BufferedImage smear, Head head) {
        Subject subject = head.subject(result);
        return Overlay.png(
                smear,
                subject.evidence,
                new Overlay.Legend(
                        subject.against,
                        subject.towards,
                        List.of(
                                subject.remark,
                                "model " + result.model().version(),
                                "prediction " + result.id(),
                                Notice.RESEARCH_USE)));
    }

    /** Whether a client would rather have JSON than a picture, which it gets if it does not say. */
    private static boolean wantsJson(List<MediaType> accepted) {
        return quality(accepted, MediaType.APPLICATION_JSON) > quality(accepted, MediaType.IMAGE_PNG);
    }

    /** How welcome a type is, by the most specific range that has it. */
    private static double quality(List<MediaType> accepted, MediaType type) {
        return accepted.stream()
                .filter(range -> range.includes(type))
                .max(Comparator.comparing((MediaType range) -> !range.isWildcardType())
                        .thenComparing(range -> !range.isWildcardSubtype()))
                .map(MediaType::getQualityValue)
                .orElse(0.0);
    }

    /** The head whose score is explained, as the parameter names it. */
    private enum Head {
        MALIGNANCY {
            @Override
            Subject subject(Prediction prediction, Explanation explanation) {
                return new Subject(
                        explanation.malignancy(),
                        "benign",
                        "malignant",
                        String.format(
                                Locale.ROOT,
                                "probability of malignant %.4g, threshold %.4g",
                                prediction.malignancy().of(Malignancy.MALIGNANT),
                                prediction.threshold()));
            }
        },

        SUBTYPE {
            @Override
            Subject subject(Prediction prediction, Explanation explanation) {
                Probabilities<Subtype> subtypes =
                        prediction.subtype().orElseThrow(() -> new RequestRefused(PredictionProblems.NO_SUBTYPE));
                Subtype winner = subtypes.winner();
                return new Subject(
                        explanation.subtype().orElseThrow(),
                        "other subtypes",
                        winner.name(),
                        String.format(
                                Locale.ROOT,
                                "probability of %s %.4g, given that it is malignant",
                                winner.name(),
                                subtypes.of(winner)));
            }
        };

        static Head of(@Nullable String name) {
            return Stream.of(values())
                    .filter(head -> head.label().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new RequestRefused(PredictionProblems.UNKNOWN_HEAD));
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        Subject subject(ImagePrediction result) {
            Subject subject =
                    subject(result.reviewed().prediction(), result.explanation().orElseThrow());
            return result.reviewed().outcome() == Outcome.REVIEW ? subject.toBeReviewed() : subject;
        }

        abstract Subject subject(Prediction prediction, Explanation explanation);
    }

    /** What is explained: a score, what speaks for it and against it, and how it came out. */
    private record Subject(Evidence evidence, String against, String towards, String remark) {

        Subject toBeReviewed() {
            return new Subject(evidence, against, towards, "to be reviewed: " + remark);
        }
    }

    /** An explanation as clients see it. */
    @Schema(name = "ExplainedPrediction", description = "The explanation of the prediction for one image by one head")
    record ExplainedJson(
            @Schema(
                    description = "Identifies the prediction, also in the audit trail",
                    example = "01992f3a-5c1e-7f64-b1c9-6f0a9d4f2b11")
            String id,

            @Schema(
                    description = "The outcome of the prediction; REVIEW if a person must look at the image",
                    example = "MALIGNANT")
            Outcome outcome,

            @Schema(
                    description = "The head that is explained",
                    allowableValues = {"malignancy", "subtype"},
                    example = "malignancy")
            String head,

            @Schema(description = "What in the image speaks for the score of the head")
            EvidenceJson evidence,

            @Schema(description = "The model that was used") ModelJson model,
            @Schema(description = "The image that was sent") ImageJson image,

            @Schema(description = "Notice on the use of this explanation", example = Notice.RESEARCH_USE)
            String notice) {

        static ExplainedJson of(ImagePrediction result, Head head) {
            Subject subject = head.subject(result);
            PredictionJson prediction = PredictionJson.of(result);
            return new ExplainedJson(
                    prediction.id(),
                    prediction.outcome(),
                    head.label(),
                    EvidenceJson.of(subject.towards.toUpperCase(Locale.ROOT), subject.evidence),
                    prediction.model(),
                    prediction.image(),
                    prediction.notice());
        }
    }
}
