package dev.blastscope.trainingjobs.web;

import dev.blastscope.datasetstore.NoSuchDataset;
import dev.blastscope.trainingjobs.Training;
import dev.blastscope.trainingjobs.TrainingExists;
import dev.blastscope.trainingjobs.Trainings;
import dev.blastscope.web.RequestRefused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Trainings over HTTP. */
@Tag(
        name = "Administration: trainings",
        description = "Train a model on a data set or adapt the active one to a site, and follow that")
@RestController
@RequestMapping(path = TrainingController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class TrainingController {

    static final String PATH = "/api/v1/admin/trainings";

    private static final int MOST = 100;

    private static final Logger log = LoggerFactory.getLogger(TrainingController.class);

    private final Trainings trainings;
    private final TrainingOrders orders;
    private final TrainingEvents events;

    TrainingController(Trainings trainings, TrainingOrders orders, TrainingEvents events) {
        this.trainings = trainings;
        this.orders = orders;
        this.events = events;
    }

    @Operation(
            summary = "Start a training",
            description =
                    "Answers at once; a node trains one model at a time, in the order they were asked for. The model is"
                            + " published, and the gate compares it with the active one on images new to both; with autoPromote"
                            + " it becomes active where the gate lets it. The mode ADAPTATION goes on from the active model with"
                            + " few images of a site, and reports figures after and before.")
    @ApiResponse(responseCode = "202", description = "It waits for its turn")
    @ApiResponse(responseCode = "400", ref = "InvalidTraining")
    @ApiResponse(responseCode = "404", ref = "NoSuchDataset")
    @ApiResponse(responseCode = "409", ref = "TrainingExists")
    @ApiResponse(responseCode = "422", ref = "TooManyImages")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<TrainingJson> start(@RequestBody TrainingRequestJson order, HttpServletRequest request)
            throws NoSuchDataset, TrainingExists {
        Training training = trainings.start(orders.order(order));
        log.info(
                "Training {} of data set {} is queued",
                training.id(),
                training.order().dataset());
        return ResponseEntity.accepted()
                .location(URI.create(request.getContextPath() + PATH + "/" + training.id()))
                .body(TrainingJson.of(training));
    }

    @Operation(summary = "The trainings, newest first")
    @ApiResponse(responseCode = "200", description = "A page of them; empty behind the last one")
    @ApiResponse(responseCode = "400", ref = "InvalidPage")
    @GetMapping
    TrainingPageJson page(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "20") int size) {
        if (page < 0 || size < 1 || size > MOST) {
            throw new RequestRefused(HttpStatus.BAD_REQUEST, "invalid-page", TrainingProblems.INVALID_PAGE);
        }
        return new TrainingPageJson(
                trainings.page((long) page * size, size).stream()
                        .map(TrainingSummaryJson::of)
                        .toList(),
                page,
                size,
                trainings.count());
    }

    @Operation(summary = "A training: how far it is, what its model achieved, and what the gate says")
    @ApiResponse(responseCode = "200", description = "The training")
    @ApiResponse(responseCode = "404", ref = "NoSuchTraining")
    @GetMapping("/{id}")
    TrainingJson training(@PathVariable String id) {
        return TrainingJson.of(find(id));
    }

    @Operation(
            summary = "Follow a training",
            description =
                    "Server-sent events: progress as it goes, each new state, and the report once there is one. The stream ends"
                            + " with the training. Whoever comes back with Last-Event-ID goes on from there; behind the last"
                            + " event there is no content.")
    @ApiResponse(
            responseCode = "200",
            description = "The events",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "It has ended, and the last event was told")
    @ApiResponse(responseCode = "404", ref = "NoSuchTraining")
    @ApiResponse(responseCode = "503", ref = "TooManyListeners")
    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events(
            @PathVariable String id,
            @Parameter(description = "The id of the last event that was received")
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    @Nullable
                    String last) {
        Training training = find(id);
        EventPosition from = EventPosition.parse(last);
        return from.isBehind(training)
                ? ResponseEntity.noContent().build()
                : ResponseEntity.ok()
                        .header("Cache-Control", "no-cache")
                        .header("X-Accel-Buffering", "no")
                        .body(events.follow(training.id(), from));
    }

    @Operation(
            summary = "Cancel a training",
            description = "One that waits ends at once; one that runs does within a second or two, on whichever node.")
    @ApiResponse(responseCode = "202", description = "It ends")
    @ApiResponse(responseCode = "404", ref = "NoSuchTraining")
    @ApiResponse(responseCode = "409", ref = "TrainingEnded")
    @DeleteMapping("/{id}")
    ResponseEntity<TrainingJson> cancel(@PathVariable String id) {
        Training training = find(id);
        if (training.state().isEnd()) {
            throw new RequestRefused(HttpStatus.CONFLICT, "training-ended", TrainingProblems.ENDED);
        }
        trainings.cancel(training.id());
        log.info("Training {} is being cancelled", training.id());
        return ResponseEntity.accepted().body(TrainingJson.of(find(id)));
    }

    private Training find(String id) {
        try {
            return trainings.find(UUID.fromString(id)).orElseThrow(TrainingProblems::none);
        } catch (IllegalArgumentException noId) {
            throw TrainingProblems.none();
        }
    }
}
