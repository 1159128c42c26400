package dev.blastscope.trainingjobs.web;

import dev.blastscope.datasetstore.DatasetRefused;
import dev.blastscope.datasetstore.DatasetReport;
import dev.blastscope.datasetstore.Datasets;
import dev.blastscope.training.AdaptationSettings;
import dev.blastscope.training.TrainingSettings;
import dev.blastscope.trainingjobs.Training;
import dev.blastscope.trainingjobs.TrainingRefused;
import dev.blastscope.trainingjobs.Trainings;
import dev.blastscope.web.Problems;
import dev.blastscope.web.RequestRefused;
import dev.blastscope.web.WebProblems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
        description = "Train a model on a data set, or adapt the active one to a site, and follow the job")
@RestController
@RequestMapping(path = TrainingController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class TrainingController {

    static final String PATH = "/api/v1/admin/trainings";

    private static final int MAX_PAGE_SIZE = 100;

    private static final String EVENTS = """
            event: progress
            id: 12.0
            data: {"stage":"heads","stageNumber":2,"stageCount":8,"done":3,"total":40,"trainingLoss":0.31,\
            "validationLoss":0.35,"stageSecondsLeft":4,"secondsLeft":95}

            event: state
            id: 31.1
            data: {"state":"SUCCEEDED","version":"2026-11-26.1","activated":true}
            """;

    private static final Logger log = LoggerFactory.getLogger(TrainingController.class);

    private final Trainings trainings;
    private final TrainingEvents events;
    private final Datasets datasets;
    private final TrainingSettings defaults;
    private final AdaptationSettings adaptation;

    TrainingController(
            Trainings trainings,
            TrainingEvents events,
            Datasets datasets,
            TrainingSettings defaults,
            AdaptationSettings adaptation) {
        this.trainings = trainings;
        this.events = events;
        this.datasets = datasets;
        this.defaults = defaults;
        this.adaptation = adaptation;
    }

    @Operation(
            operationId = "startTraining",
            summary = "Start a training",
            description =
                    "Returns at once; a node trains one model at a time, in the order of the requests. The trained model is"
                            + " published, and the promotion gate compares it with the active model on images that are new to"
                            + " both; with autoPromote a model that passes is activated. The mode ADAPTATION goes on from the"
                            + " active model with a few images of a site, and reports the figures after and before it.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = TrainingRequest.class),
                            examples = {
                                @ExampleObject(
                                        name = "train",
                                        summary = "Train a model, and activate it if it passes the promotion gate",
                                        value = TrainingRequest.EXAMPLE),
                                @ExampleObject(
                                        name = "adapt",
                                        summary = "Adapt the active model to a few images of a site",
                                        value = TrainingRequest.EXAMPLE_OF_ADAPTATION),
                                @ExampleObject(
                                        name = "settings",
                                        summary = "Train the backbone too, with every setting given",
                                        value = TrainingRequest.EXAMPLE_WITH_EVERYTHING)
                            }))
    @ApiResponse(responseCode = "202", description = "Queued")
    @Problems({"invalid-training", "no-such-dataset", "training-exists", "adaptation-too-large"})
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<TrainingJson> start(@Valid @RequestBody TrainingRequest order, HttpServletRequest request)
            throws DatasetRefused, TrainingRefused {
        Training training = trainings.start(order(order));
        log.info(
                "Training {} of data set {} is queued",
                training.id(),
                training.order().dataset());
        return ResponseEntity.accepted()
                .location(URI.create(request.getContextPath() + PATH + "/" + training.id()))
                .body(TrainingJson.of(training));
    }

    @Operation(operationId = "listTrainings", summary = "List trainings, newest first")
    @ApiResponse(responseCode = "200", description = "A page of trainings; empty after the last page")
    @Problems("invalid-page")
    @GetMapping
    TrainingJson.Page list(
            @Parameter(description = "The number of the page, from 0") @RequestParam(defaultValue = "0") int page,
            @Parameter(description = "The maximum number of trainings on a page, from 1 to 100")
                    @RequestParam(defaultValue = "20")
                    int size) {
        if (page < 0 || size < 1 || size > MAX_PAGE_SIZE) {
            throw new RequestRefused(
                    WebProblems.INVALID_PAGE, "page must be at least 0, and size between 1 and " + MAX_PAGE_SIZE + ".");
        }
        return new TrainingJson.Page(
                trainings.page((long) page * size, size).stream()
                        .map(TrainingJson.Summary::of)
                        .toList(),
                page,
                size,
                trainings.count());
    }

    @Operation(
            operationId = "getTraining",
            summary = "Get a training: its progress, the report on its model, and the promotion decision")
    @ApiResponse(responseCode = "200", description = "The training")
    @Problems("no-such-training")
    @GetMapping("/{id}")
    TrainingJson training(@Parameter(description = "The id of the training") @PathVariable String id)
            throws TrainingRefused {
        return TrainingJson.of(find(id));
    }

    @Operation(
            operationId = "followTraining",
            summary = "Follow a training",
            description =
                    "Server-sent events until the training ends: `progress` (its data is the training's `progress`), `state` at"
                            + " each new state (`state`, `reason`, `version`, `activated`) and `report` at the end, if there is"
                            + " one (the whole training). To resume, send the id of the last event as Last-Event-ID; after the"
                            + " last event of a training that has ended the response is 204.")
    @ApiResponse(
            responseCode = "200",
            description = "The events",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(type = "string", description = "Server-sent events with JSON as data"),
                            examples = @ExampleObject(name = "events", value = EVENTS)))
    @ApiResponse(
            responseCode = "204",
            description = "The training has ended, and its last event was received",
            content = @Content)
    @Problems({"no-such-training", "too-many-listeners"})
    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events(
            @Parameter(description = "The id of the training") @PathVariable String id,
            @Parameter(description = "The id of the last event that was received")
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    @Nullable
                    String last)
            throws TrainingRefused {
        Training training = find(id);
        EventStream.Position from = EventStream.Position.parse(last);
        return from.isBehind(training)
                ? ResponseEntity.noContent().build()
                : ResponseEntity.ok()
                        .header("Cache-Control", "no-cache")
                        .header("X-Accel-Buffering", "no")
                        .body(events.follow(training.id(), from));
    }

    @Operation(
            operationId = "cancelTraining",
            summary = "Cancel a training",
            description =
                    "A queued training ends at once; a running one ends within a second or two, on whichever node.")
    @ApiResponse(responseCode = "202", description = "The training, which is ending")
    @Problems({"no-such-training", "training-ended"})
    @DeleteMapping("/{id}")
    ResponseEntity<TrainingJson> cancel(@Parameter(description = "The id of the training") @PathVariable String id)
            throws TrainingRefused {
        Training cancelled = trainings.cancel(find(id).id());
        log.info("Training {} is being cancelled", cancelled.id());
        return ResponseEntity.accepted().body(TrainingJson.of(cancelled));
    }

    private Training.Order order(TrainingRequest request) throws DatasetRefused, TrainingRefused {
        request.requireConsistent();
        DatasetReport data = datasets.report(request.dataset());
        if (request.originalDataset() != null) {
            datasets.report(request.originalDataset());
        }
        int images = data.images().values().stream().mapToInt(Integer::intValue).sum();
        if (request.adapts() && images > adaptation.images()) {
            throw TrainingRefused.tooManyImages(adaptation.images(), images);
        }
        return request.order(data, defaults, adaptation);
    }

    private Training find(String id) throws TrainingRefused {
        try {
            return trainings.find(UUID.fromString(id)).orElseThrow(TrainingRefused::notFound);
        } catch (IllegalArgumentException notAnId) {
            throw TrainingRefused.notFound();
        }
    }
}
